import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EmailToSend, Step } from '../../domain/mailing/jobs.ts';

/** The queues of sending. */
export type JobQueues = Readonly<{
  advance: (step: Step) => Promise<void>;
  /** Queues a single message. */
  sendMessage: (email: EmailToSend) => Promise<void>;
}>;

export const jobQueues = (
  client: Pick<SQSClient, 'send'>,
  queues: Readonly<{ campaignsToAdvance: string; messagesToSend: string }>,
): JobQueues => {
  const send = async (QueueUrl: string, message: object) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  };
  return {
    advance: (step) => send(queues.campaignsToAdvance, step),
    sendMessage: (email) => send(queues.messagesToSend, email),
  };
};
