import type { EmailQueue } from '../../aws/sqs/email-queue.ts';
import type { QueueLength } from '../../aws/sqs/queue-length.ts';
import { SHORT_QUEUE } from '../../domain/mailing/recovery.ts';

/** A queue of emails, as far as a sweep uses it. */
export type SweptQueue = Readonly<{ queueEmails: EmailQueue; length: QueueLength }>;

/** Where emails of campaigns wait, and where single messages do: two queues, or one and the same. */
export type SweptQueues = Readonly<{ campaigns: SweptQueue; messages: SweptQueue }>;

/** Whether a queue is so short that what waits for long has no message in it; asked once, when it is first needed. */
export const shortness = (length: QueueLength): (() => Promise<boolean>) => {
  let short: Promise<boolean> | undefined;
  return () => {
    short ??= length().then((messages) => messages <= SHORT_QUEUE);
    return short;
  };
};
