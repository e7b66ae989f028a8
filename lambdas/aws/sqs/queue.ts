import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { isObject } from '../../domain/values/json.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';

/**
 * Creates the client for all queues. A configured endpoint, as on the local stack, takes precedence over the host in a
 * queue's URL.
 */
export const connectQueues = (): SQSClient => new SQSClient({ useQueueUrlAsEndpoint: false });

/** A message to send: its body as an object, the delay in seconds (900 at most), and what a FIFO queue needs. */
export type QueueMessage = Readonly<{ body: object; delaySeconds?: number; fifo?: FifoFields }>;

/** The group in which a FIFO queue keeps the order, and the id by which it drops duplicates for five minutes. */
type FifoFields = Readonly<{ group: string; deduplicationId: string }>;

/** Sends any number of messages to one queue. */
export type BatchSender = (messages: readonly QueueMessage[]) => Promise<void>;

/**
 * The most entries of a request (API reference, SendMessageBatch). The other limit, 1 MiB for all bodies together, is not
 * reached: a message contains ids or one address, so ten of them have less than 16 KB.
 */
const MOST_ENTRIES = 10;
const REQUESTS_AT_ONCE = 10;
const ATTEMPTS = 3;

/**
 * SQS answers status 200 even if some entries of a batch failed (API reference, SendMessageBatch). The SDK does not retry
 * those entries; this does, with ATTEMPTS in total. A message may then be in the queue twice, as after any lost answer.
 *
 * For a FIFO queue, requests are sent one after the other, and failed entries of one are retried before the next: a message
 * is never behind one of a later request. Within a request SQS keeps the order, but entries that are accepted after a
 * failed one are ahead of it. So messages whose relative order matters must not be in one call.
 *
 * @throws NotSent if entries still fail after the last attempt, and whatever the SDK throws. Others may be in the queue then.
 */
export const batchSender =
  (client: Pick<SQSClient, 'send'>, QueueUrl: string): BatchSender =>
  async (messages) => {
    const requests = Array.from({ length: Math.ceil(messages.length / MOST_ENTRIES) }, (_, index) =>
      messages.slice(index * MOST_ENTRIES, (index + 1) * MOST_ENTRIES).map(entryOf),
    );
    const isFifo = messages.some(({ fifo }) => fifo !== undefined);
    await mapConcurrently(isFifo ? 1 : REQUESTS_AT_ONCE, requests, async (entries) => {
      let left = entries;
      for (let attempt = 1; left.length > 0; attempt++) {
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
        const failed = new Set(Failed.map(({ Id }) => Id));
        left = left.filter(({ Id }) => failed.has(Id));
        if (left.length > 0 && attempt === ATTEMPTS) {
          throw new NotSent(`${left.length} messages: ${Failed[0]?.Code ?? 'no code'}`);
        }
      }
    });
  };

const entryOf = ({ body, delaySeconds, fifo }: QueueMessage, index: number): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: JSON.stringify(body),
  ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
  ...(fifo && { MessageGroupId: fifo.group, MessageDeduplicationId: fifo.deduplicationId }),
});

/** Thrown when SQS rejected entries of a batch at each attempt. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/**
 * The fields of a message's body; none if it is not a JSON object. The parser's error is dropped because it quotes the
 * body.
 */
export const fieldsOf = (body: string): Readonly<Record<string, unknown>> => {
  try {
    const fields: unknown = JSON.parse(body);
    return isObject(fields) ? fields : {};
  } catch {
    return {};
  }
};

/** Whether a field is a non-empty string, as ids and addresses are. */
export const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Thrown for a message that no version of Mailtrail sends. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}
