import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EmailToSend } from './emails-to-send.ts';

/** What is to be done about a mailing. Whoever reads it looks at how the mailing stands: said twice, it is done once. */
export type Step = Readonly<{ campaignId: string; why: 'start' | 'sendAt' | 'expiresAt' | 'continue' }> | Resending;

/** Failed emails to send again: those to the addresses (folded), those with the reason, or those that are both. */
export type Resending = Readonly<{
  campaignId: string;
  why: 'resend';
  recipients?: readonly string[];
  reason?: string;
  /** ISO 8601. What fails after it is not meant, however late this is read. */
  askedAt: string;
  /** How far it came. */
  after?: ResendPosition;
}>;

/** The last email of a campaign's list of failed ones that was looked at. */
export type ResendPosition = Readonly<{ shard: number; recipient: string; messageId: string }>;

/** The queues of sending. */
export type SendingWork = Readonly<{
  advance: (step: Step) => Promise<void>;
  /** Queues a single message. */
  sendMessage: (email: EmailToSend) => Promise<void>;
}>;

export const sendingWork = (
  client: Pick<SQSClient, 'send'>,
  queues: Readonly<{ campaignsToAdvance: string; messagesToSend: string }>,
): SendingWork => {
  const send = async (QueueUrl: string, message: object) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  };
  return {
    advance: (step) => send(queues.campaignsToAdvance, step),
    sendMessage: (email) => send(queues.messagesToSend, email),
  };
};
