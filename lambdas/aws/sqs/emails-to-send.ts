import type { SQSClient } from '@aws-sdk/client-sqs';
import { type EmailQueueName, queueNameOf } from '../../domain/mailing/email-queue-name.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/** An email that has to wait. */
export type Waiting = Readonly<{ email: EmailToSend; delaySeconds: number }>;

export type EmailsToSend = Readonly<{
  /** Puts an email back, to be received again after its delay, 900 seconds at most. @throws NotSent, and what the SDK throws */
  putBack: (waiting: Waiting) => Promise<void>;
}>;

/** The URLs of the queues of emails to send. */
export type EmailQueueUrls = Readonly<Record<EmailQueueName, string>>;

/** Each email goes back into the queue that it came from. */
export const emailsToSend = (client: Pick<SQSClient, 'send'>, urls: EmailQueueUrls): EmailsToSend => ({
  putBack: ({ email, delaySeconds }) => batchSender(client, urls[queueNameOf(email)])([{ body: email, delaySeconds }]),
});

/** The email that a message of the queue is about. @throws UnreadableMessage */
export const readEmailToSend = (body: string): EmailToSend => {
  const { mailingId, messageId, attempt } = fieldsOf(body);
  if (!isFilled(mailingId) || !isFilled(messageId)) throw new UnreadableMessage('the message names no email');
  return { mailingId, messageId, ...(typeof attempt === 'number' && { attempt }) };
};
