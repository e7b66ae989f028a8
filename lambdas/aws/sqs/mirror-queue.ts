import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MirrorJob, ToMirror } from '../../domain/suppression/mirror-job.ts';
import { digest } from '../../domain/values/digest.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/** Queues addresses. An address must occur at most once in a call. Throws NotSent, and what the SDK throws. */
export type MirrorQueue = Readonly<{ send: (jobs: readonly MirrorJob[]) => Promise<void> }>;

/**
 * The queue of addresses whose entry on SES's list must be checked: FIFO with one message group, so that there is one
 * request to SES at a time. A message contains only the address, whose row is read when it is received, so a repeat is
 * harmless. SQS drops duplicates for five minutes and must not drop another change, so the deduplication id includes the
 * change.
 */
export const mirrorQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): MirrorQueue => {
  const send = batchSender(client, queueUrl);
  return {
    send: (jobs) =>
      send(
        jobs.map(({ change, ...toMirror }) => ({
          body: toMirror,
          fifo: { group: 'suppressions', deduplicationId: digest(`${toMirror.address}\n${change}`) },
        })),
      ),
  };
};

/** Reads the address from a queue message. @throws UnreadableMessage */
export const readMirrorJob = (body: string): ToMirror => {
  const { address, ifStillNeeded } = fieldsOf(body);
  if (!isFilled(address)) throw new UnreadableMessage('the message has no address');
  return { address, ...(ifStillNeeded === true && { ifStillNeeded }) };
};
