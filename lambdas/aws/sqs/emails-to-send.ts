import type { SQSClient } from '@aws-sdk/client-sqs';
import { type EmailQueueName, queueNameOf } from '../../domain/mailing/email-queue-name.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { batchSender, fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/** An email to queue again, with a delay in seconds. */
export type Waiting = Readonly<{ email: EmailToSend; delaySeconds: number }>;

export type EmailsToSend = Readonly<{
  /** Queues an email again, after at most 900 seconds. @throws NotSent, and whatever the SDK throws */
  putBack: (waiting: Waiting) => Promise<void>;
}>;

/** The URLs of the queues of emails to send. */
export type EmailQueueUrls = Readonly<Record<EmailQueueName, string>>;

/** Each email goes back into the queue that it came from. */
export const emailsToSend = (client: Pick<SQSClient, 'send'>, urls: EmailQueueUrls): EmailsToSend => ({
  putBack: ({ email, delaySeconds }) => batchSender(client, urls[queueNameOf(email)])([{ body: email, delaySeconds }]),
});

/** Reads the email from a queue message. @throws UnreadableMessage */
export const readEmailToSend = (body: string): EmailToSend => {
  const { mailingId, messageId, attempt } = fieldsOf(body);
  if (!isFilled(mailingId) || !isFilled(messageId))
    throw new UnreadableMessage('the message has no mailingId or no messageId');
  return { mailingId, messageId, ...(typeof attempt === 'number' && { attempt }) };
};
