import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureRequest } from '../../domain/erasure/erasure.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/**
 * The queue of people whose emails are to be deleted. A message holds the address: it is kept for a day at most.
 * Both throw NotSent, and what the SDK throws.
 */
export type ErasureQueue = Readonly<{
  /** Deletes at once, and once more after SECOND_TIME. */
  begin: (erasure: ErasureRequest) => Promise<void>;
  /** Continues what one invocation had no time to finish. */
  resume: (erasure: ErasureRequest) => Promise<void>;
}>;

/**
 * Seconds until the second time, the longest delay of SQS. A recording function may record by a list of erased people that
 * is ten minutes old (MARKS_TOLERATED_FOR in erased-recipients.ts, usually one), and a batch takes up to half a minute.
 */
export const SECOND_TIME = 900;

export const erasureQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): ErasureQueue => {
  const send = batchSender(client, queueUrl);
  return {
    begin: (erasure) => send([0, SECOND_TIME].map((delaySeconds) => ({ body: erasure, delaySeconds }))),
    resume: (erasure) => send([{ body: erasure, delaySeconds: 0 }]),
  };
};

/** The erasure that a message of the queue asks for. @throws UnreadableMessage */
export const readErasure = (body: string): ErasureRequest => {
  const { address, erasedAt, suppressionToo } = fieldsOf(body);
  if (!isFilled(address) || !isFilled(erasedAt)) throw new UnreadableMessage('the message asks for no erasure');
  return { address, erasedAt, suppressionToo: suppressionToo === true };
};
