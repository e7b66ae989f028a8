import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import { isObject } from '../../domain/values/json.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';

/** The client for all queues. The URL of a queue names AWS; a configured endpoint, as on the local stack, takes precedence. */
export const connectQueues = (): SQSClient => new SQSClient({ useQueueUrlAsEndpoint: false });

/** A message to send: its body as an object, the delay in seconds (900 at most), and what a FIFO queue needs. */
export type QueueMessage = Readonly<{ body: object; delaySeconds?: number; fifo?: FifoFields }>;

/** A message's group, within which a FIFO queue keeps the order, and the id by which it drops repeats for five minutes. */
type FifoFields = Readonly<{ group: string; deduplicationId: string }>;

/** Sends any number of messages to one queue. */
export type BatchSender = (messages: readonly QueueMessage[]) => Promise<void>;

/**
 * The most entries of a request (API reference, SendMessageBatch). Its other limit, 1 MiB for all bodies together, is far
 * away: a message holds ids or one address, so ten of them have less than 16 KB.
 */
const MOST_ENTRIES = 10;
const REQUESTS_AT_ONCE = 10;
const ATTEMPTS = 3;

/**
 * A batch is answered with status 200 though some of it failed (API reference, SendMessageBatch). The SDK does not repeat
 * those entries; this does, up to ATTEMPTS times. SQS may then have a message twice, as after any request whose answer is lost.
 *
 * For a FIFO queue the requests follow one another, and what is left of one is repeated before the next is made: a message
 * is never behind one of a later request. Within a request SQS keeps the order, but what it accepts in spite of an earlier
 * entry's failure is ahead of that. So messages whose order matters to each other must not be in one call.
 *
 * @throws NotSent where SQS still refuses some after the last attempt, and what the SDK throws. Some are in the queue then.
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

/** SQS refused some of a batch, at each attempt. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** The fields of a message's body; none where it is not a JSON object. The parser's error is dropped, as it quotes the body. */
export const fieldsOf = (body: string): Readonly<Record<string, unknown>> => {
  try {
    const fields: unknown = JSON.parse(body);
    return isObject(fields) ? fields : {};
  } catch {
    return {};
  }
};

/** Whether a field is a text that is not empty, as ids and addresses are. */
export const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A message that no version of Mailtrail sends. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}
