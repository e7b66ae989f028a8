import { createHash } from 'node:crypto';
import type { Queue } from '../messaging/queue.ts';
import { type Answer, json, type Request } from './exchange.ts';

/** The requests of an SQS client: the AWS JSON protocol, by a header, all to one path. */
export const isSqs = ({ headers }: Request): boolean => headers['x-amz-target']?.startsWith('AmazonSQS.') ?? false;

type Entry = Readonly<{
  Id: string;
  MessageBody: string;
  DelaySeconds?: number;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
}>;

/** SendMessageBatch, all that the stack's functions ask of SQS. */
export const askSqs = async ({ headers, body }: Request, queues: Iterable<Queue>): Promise<Answer> => {
  const operation = headers['x-amz-target'];
  if (operation !== 'AmazonSQS.SendMessageBatch')
    return refuse('UnsupportedOperation', `${operation} is not known here`);
  const { QueueUrl = '', Entries = [] } = JSON.parse(body.toString('utf8'));
  const queue = [...queues].find(({ name }) => name === String(QueueUrl).split('/').at(-1));
  if (queue === undefined) return refuse('QueueDoesNotExist', `there is no queue ${QueueUrl}`);
  if (Entries.length < 1 || Entries.length > 10) return refuse('TooManyEntriesInBatchRequest', 'a batch has 1 to 10');
  const outcomes = (Entries as readonly Entry[]).map((entry) => send(queue, entry));
  return json(200, {
    Successful: outcomes.filter((outcome) => 'MessageId' in outcome),
    Failed: outcomes.filter((outcome) => 'Code' in outcome),
  });
};

const send = (queue: Queue, entry: Entry) => {
  const { Id, MessageBody, DelaySeconds = 0, MessageGroupId, MessageDeduplicationId } = entry;
  const fifo =
    MessageGroupId === undefined || MessageDeduplicationId === undefined
      ? undefined
      : { group: MessageGroupId, deduplicationId: MessageDeduplicationId };
  try {
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    return { Id, MessageId: queue.send(MessageBody, fifo, DelaySeconds), MD5OfMessageBody };
  } catch (error) {
    return { Id, SenderFault: true, Code: 'InvalidParameterValue', Message: (error as Error).message };
  }
};

const refuse = (code: string, message: string): Answer => json(400, { __type: `com.amazonaws.sqs#${code}`, message });
