import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Moved } from './dead-letter.ts';

/** Seconds a batch is hidden from others while it is moved. */
const HIDDEN = 60;

/**
 * Sends each message of a queue to another and only then deletes it: one that is interrupted comes twice, and none is
 * lost. One by one, since ten events together can be longer than SQS takes in one call.
 */
export const resend = async (
  { url, source }: Readonly<{ url: string; source: string }>,
  sqs: Pick<SQSClient, 'send'>,
  told: (moved: number) => void,
): Promise<Moved> => {
  let moved = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN,
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) return { moved };
    for (const { Body, ReceiptHandle } of Messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: Body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      moved += 1;
      told(moved);
    }
  }
};
