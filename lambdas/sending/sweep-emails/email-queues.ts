import type { EmailQueue } from '../../aws/sqs/email-queue.ts';
import type { QueueLength } from '../../aws/sqs/queue-length.ts';
import { SHORT_QUEUE } from '../../domain/mailing/recovery.ts';

/** The operations of an email queue that a sweep uses. */
export type SweptQueue = Readonly<{ queueEmails: EmailQueue; length: QueueLength }>;

/** The queue of campaigns' emails and the queue of single messages; both may be the same. */
export type SweptQueues = Readonly<{ campaigns: SweptQueue; messages: SweptQueue }>;

/** Whether a queue is so short that an email that has waited for long has no message in it. Read once, at first use. */
export const shortness = (length: QueueLength): (() => Promise<boolean>) => {
  let short: Promise<boolean> | undefined;
  return () => {
    short ??= length().then((messages) => messages <= SHORT_QUEUE);
    return short;
  };
};
