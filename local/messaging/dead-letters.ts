import type { Queue } from './queue.ts';

/** A message that ended in a dead-letter queue. Times are ISO 8601. */
export type DeadLetter = Readonly<{
  queue: string;
  /** The queue or topic it came from. */
  from: string;
  /** Codes and names only. The message's content is in `body` alone. */
  reason: string;
  messageId: string;
  receiveCount: number;
  sentAt: string;
  deadAt: string;
  body: string;
}>;

/** The messages in these queues, oldest first within each. */
export const deadLettersIn = (queues: readonly Queue[]): readonly DeadLetter[] =>
  queues.flatMap((queue) =>
    queue.visible.flatMap(({ id, body, sentAt, receiveCount, death }) =>
      death === undefined
        ? []
        : {
            queue: queue.name,
            from: death.from,
            reason: death.reason,
            messageId: id,
            receiveCount,
            sentAt: new Date(sentAt).toISOString(),
            deadAt: new Date(death.at).toISOString(),
            body,
          },
    ),
  );
