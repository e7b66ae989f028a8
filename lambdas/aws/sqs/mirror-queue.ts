import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MirrorJob, ToMirror } from '../../domain/suppression/mirror-job.ts';
import { digest } from '../../domain/values/digest.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/** Queues addresses, each at most once in a call. Throws NotSent, and what the SDK throws. */
export type MirrorQueue = Readonly<{ send: (jobs: readonly MirrorJob[]) => Promise<void> }>;

/**
 * The queue of addresses whose entry on SES's list is to be checked: FIFO and with one message group, so that there is one
 * request to SES at a time. A message holds only its address, whose row is read when the message is received: a repeat is
 * harmless. SQS drops repeats for five minutes and must not drop another change, so the deduplication id is the change's.
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

/** The address that a message of the queue is about. @throws UnreadableMessage */
export const readMirrorJob = (body: string): ToMirror => {
  const { address, ifStillNeeded } = fieldsOf(body);
  if (!isFilled(address)) throw new UnreadableMessage('the message names no address');
  return { address, ...(ifStillNeeded === true && { ifStillNeeded }) };
};
