import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Moved } from './dead-letter.ts';

/** Seconds for which a batch is hidden from other consumers while it is moved. */
const HIDDEN = 60;

/**
 * Sends each message of a queue to another and only then deletes it: an interrupted one is sent twice, and none is
 * lost. One by one, because ten events together can be longer than SQS accepts in one call.
 */
export const resend = async (
  { url, source }: Readonly<{ url: string; source: string }>,
  sqs: Pick<SQSClient, 'send'>,
  progress: (moved: number) => void,
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
      progress(moved);
    }
  }
};
