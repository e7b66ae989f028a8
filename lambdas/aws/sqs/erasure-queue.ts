import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureRequest } from '../../domain/erasure/erasure.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/**
 * The queue of people whose emails are to be deleted. A message contains the address, and is kept for at most a day.
 * Both throw NotSent, and what the SDK throws.
 */
export type ErasureQueue = Readonly<{
  /** Queues the deletion at once, and again after SECOND_TIME. */
  begin: (erasure: ErasureRequest) => Promise<void>;
  /** Continues what one invocation had no time to finish. */
  resume: (erasure: ErasureRequest) => Promise<void>;
}>;

/**
 * Seconds until the second deletion, the longest delay of SQS. A recording function may use a list of erased people that is
 * ten minutes old (MARKS_TOLERATED_FOR in erased-recipients.ts; usually one minute), and a batch takes up to 30 seconds.
 */
export const SECOND_TIME = 900;

export const erasureQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): ErasureQueue => {
  const send = batchSender(client, queueUrl);
  return {
    begin: (erasure) => send([0, SECOND_TIME].map((delaySeconds) => ({ body: erasure, delaySeconds }))),
    resume: (erasure) => send([{ body: erasure, delaySeconds: 0 }]),
  };
};

/** Reads the erasure from a queue message. @throws UnreadableMessage */
export const readErasure = (body: string): ErasureRequest => {
  const { address, erasedAt, suppressionToo } = fieldsOf(body);
  if (!isFilled(address) || !isFilled(erasedAt))
    throw new UnreadableMessage('the message has no address or no erasedAt');
  return { address, erasedAt, suppressionToo: suppressionToo === true };
};
