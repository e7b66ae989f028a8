import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { batchSender } from './queue.ts';

/**
 * Queues any number of emails. An email that is queued twice is sent once, because its row is claimed.
 * @throws NotSent, and whatever the SDK throws. Some of the emails may be in the queue then.
 */
export type EmailQueue = (emails: readonly EmailToSend[]) => Promise<void>;

export const emailQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): EmailQueue => {
  const send = batchSender(client, queueUrl);
  return (emails) => send(emails.map((body) => ({ body })));
};
