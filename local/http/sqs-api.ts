import { createHash } from 'node:crypto';
import type { Queue } from '../messaging/queue.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** The requests of an SQS client: the AWS JSON protocol, by a header, all to one path. */
export const isSqs = ({ headers }: Request): boolean => headers['x-amz-target']?.startsWith('AmazonSQS.') ?? false;

type Message = Readonly<{
  MessageBody: string;
  DelaySeconds?: number;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}>;

/** SQS's own limits: entries, bytes of all of them together, and seconds of delay (SQS guide, quotas-messages). */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;
const LONGEST_DELAY = 900;

/**
 * SendMessage, SendMessageBatch and GetQueueAttributes, the only SQS operations the stack's functions call; and
 * PurgeQueue.
 */
export const askSqs = async ({ headers, body }: Request, queues: Iterable<Queue>): Promise<Answer> => {
  const operation = headers['x-amz-target'];
  const { QueueUrl = '', ...input } = JSON.parse(body.toString('utf8'));
  const queue = [...queues].find(({ name }) => name === String(QueueUrl).split('/').at(-1));
  if (queue === undefined) return refuse('QueueDoesNotExist', `there is no queue ${QueueUrl}`);
  if (operation === 'AmazonSQS.SendMessageBatch') return sendBatch(queue, input.Entries ?? []);
  if (operation === 'AmazonSQS.GetQueueAttributes') return attributes(queue, input.AttributeNames ?? []);
  if (operation === 'AmazonSQS.PurgeQueue') {
    queue.purge();
    return json(200, {});
  }
  if (operation !== 'AmazonSQS.SendMessage') return refuse('UnsupportedOperation', `${operation} is not known here`);
  try {
    return json(200, send(queue, input));
  } catch (error) {
    return refuse('InvalidParameterValue', (error as Error).message);
  }
};

/** A queue's attributes about how many messages it holds: approximate in SQS, exact here. */
const attributes = (queue: Queue, names: readonly string[]): Answer => {
  const { visible, delayed, inFlight } = queue.depth;
  const known: Readonly<Record<string, number>> = {
    ApproximateNumberOfMessages: visible,
    ApproximateNumberOfMessagesDelayed: delayed,
    ApproximateNumberOfMessagesNotVisible: inFlight,
  };
  const requested = names.includes('All') ? Object.keys(known) : names;
  const unknown = requested.find((name) => known[name] === undefined);
  if (unknown !== undefined) return refuse('InvalidAttributeName', `${unknown} is not known here`);
  return json(200, { Attributes: Object.fromEntries(requested.map((name) => [name, String(known[name])])) });
};

const sendBatch = (queue: Queue, entries: readonly (Message & Readonly<{ Id: string }>)[]): Answer => {
  if (entries.length < 1) return refuse('EmptyBatchRequest', 'a batch needs at least one message');
  if (entries.length > MOST_ENTRIES)
    return refuse('TooManyEntriesInBatchRequest', `a batch has at most ${MOST_ENTRIES} messages`);
  const bytes = entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
  if (bytes > MOST_BYTES) return refuse('BatchRequestTooLong', `a batch has at most ${MOST_BYTES} bytes`);
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    return refuse('BatchEntryIdsNotDistinct', 'two entries of the batch have the same id');
  }
  const outcomes = entries.map(({ Id, ...message }) => {
    try {
      return { Id, ...send(queue, message) };
    } catch (error) {
      return { Id, SenderFault: true, Code: 'InvalidParameterValue', Message: (error as Error).message };
    }
  });
  return json(200, {
    Successful: outcomes.filter((outcome) => 'MessageId' in outcome),
    Failed: outcomes.filter((outcome) => 'Code' in outcome),
  });
};

const send = (queue: Queue, { MessageBody, DelaySeconds = 0, MessageGroupId, MessageDeduplicationId }: Message) => {
  if (!Number.isInteger(DelaySeconds) || DelaySeconds < 0 || DelaySeconds > LONGEST_DELAY) {
    throw new Error(`DelaySeconds is ${DelaySeconds}: 0 to ${LONGEST_DELAY}`);
  }
  const fifo =
    MessageGroupId === undefined || MessageDeduplicationId === undefined
      ? undefined
      : { group: MessageGroupId, deduplicationId: MessageDeduplicationId };
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  return { MessageId: queue.send(MessageBody, fifo, DelaySeconds), MD5OfMessageBody };
};

const refuse = (code: string, message: string): Answer => json(400, { __type: `com.amazonaws.sqs#${code}`, message });
