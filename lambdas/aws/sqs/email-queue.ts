import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { batchSender } from './queue.ts';

/**
 * Puts any number of emails into a queue of emails to send. An email that is queued twice is sent once: its row is claimed.
 * @throws NotSent, and what the SDK throws. Some of the emails are in the queue then.
 */
export type EmailQueue = (emails: readonly EmailToSend[]) => Promise<void>;

export const emailQueue = (client: Pick<SQSClient, 'send'>, queueUrl: string): EmailQueue => {
  const send = batchSender(client, queueUrl);
  return (emails) => send(emails.map((body) => ({ body })));
};
