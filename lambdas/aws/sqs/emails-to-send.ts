import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type EmailQueueName, queueNameOf } from '../../domain/mailing/email-queue-name.ts';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { fieldsOf } from './message-body.ts';
import { NotSent, UnreadableMessage } from './queue.ts';

/** An email that has to wait. */
export type Waiting = Readonly<{ email: EmailToSend; delaySeconds: number }>;

export type EmailsToSend = Readonly<{
  /** Puts an email back, to be taken again after its delay, 900 seconds at most. */
  putBack: (waiting: Waiting) => Promise<void>;
}>;

/** The URLs of the queues of emails to send. */
export type EmailQueueUrls = Readonly<Record<EmailQueueName, string>>;

/** The queues of emails to send, as the sender puts back into them what has to wait, each into its own. */
export const emailsToSend = (client: Pick<SQSClient, 'send'>, urls: EmailQueueUrls): EmailsToSend => ({
  putBack: async ({ email, delaySeconds }) => {
    const entry = { Id: '0', MessageBody: JSON.stringify(email), DelaySeconds: delaySeconds };
    const QueueUrl = urls[queueNameOf(email)];
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry] }));
    if (Failed.length > 0) throw new NotSent(`a message: ${Failed[0]?.Code ?? 'no code'}`);
  },
});

/** The email that a message of the queue is about. @throws UnreadableWork */
export const readEmailToSend = (body: string): EmailToSend => {
  const { mailingId, messageId, attempt } = fieldsOf(body);
  if (!isText(mailingId) || !isText(messageId)) throw new UnreadableMessage('the message names no email');
  return { mailingId, messageId, ...(typeof attempt === 'number' && { attempt }) };
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
