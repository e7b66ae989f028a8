import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureRequest } from '../../domain/erasure/erasure.ts';
import { NotSent, UnreadableMessage } from './queue.ts';

/** The queue of people whose emails are to be deleted. A message names the address: it is kept for a day at most. */
export type ErasureQueue = Readonly<{
  /** To be done at once, and once more when nobody records by marks from before any more. */
  begin: (erasure: ErasureRequest) => Promise<void>;
  /** To be gone on with. */
  goOn: (erasure: ErasureRequest) => Promise<void>;
}>;

/**
 * Seconds until the second time, the most SQS takes. A recording function may not have known of the erasure for ten
 * minutes (MARKS_TOLERATED_FOR in erased-recipients.ts, usually one), and was then busy with a batch for half of one.
 */
export const SECOND_TIME = 900;

export const erasureQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): ErasureQueue => {
  const send = async (erasure: ErasureRequest, delays: readonly number[]) => {
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: delays.map((DelaySeconds, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(erasure),
          DelaySeconds,
        })),
      }),
    );
    if (Failed.length > 0) throw new NotSent(`${Failed.length} messages: ${Failed[0]?.Code ?? 'no code'}`);
  };
  return {
    begin: (erasure) => send(erasure, [0, SECOND_TIME]),
    goOn: (erasure) => send(erasure, [0]),
  };
};

/** The erasure that a message of the queue asks for. @throws UnreadableWork */
export const readErasure = (body: string): ErasureRequest => {
  try {
    const { address, erasedAt, suppressionToo } = JSON.parse(body);
    if (isText(address) && isText(erasedAt)) return { address, erasedAt, suppressionToo: suppressionToo === true };
  } catch {
    // Not JSON: refused below, without the parser's words, which quote the body.
  }
  throw new UnreadableMessage('the message asks for no erasure');
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
