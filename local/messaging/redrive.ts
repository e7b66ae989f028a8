import { randomUUID } from 'node:crypto';
import type { Blueprint } from '../template/blueprint.ts';
import type { Queue } from './queue.ts';

/** The result of a redrive: messages moved back to their queue, and those that it does not accept. */
export type Redriven = Readonly<{ moved: number; kept: number }>;

/** For each dead-letter queue the source queue of its messages, both by ARN. */
export const sourcesOf = ({ queues, topics }: Pick<Blueprint, 'queues' | 'topics'>): ReadonlyMap<string, string> =>
  new Map([
    ...queues.flatMap(({ arn, redrive }) => (redrive ? [[redrive.deadLetterQueue, arn] as const] : [])),
    ...topics.flatMap(({ subscriptions }) =>
      subscriptions.flatMap(({ queue, deadLetterQueue }) =>
        deadLetterQueue === undefined ? [] : [[deadLetterQueue, queue] as const],
      ),
    ),
  ]);

/**
 * Moves all dead letters of one queue to another. As in SQS they are new messages there: with new ids, never received.
 * Each is in the other queue before it is deleted from this one, so that none is lost if the process ends in between.
 */
export const redrive = (deadLetterQueue: Queue, source: Queue): Redriven => {
  const letters = [...deadLetterQueue.visible];
  let moved = 0;
  for (const letter of letters) {
    try {
      // A new message, and so not a duplicate of the dead-lettered one.
      source.send(
        letter.body,
        letter.group === undefined ? undefined : { group: letter.group, deduplicationId: randomUUID() },
      );
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      continue;
    }
    deadLetterQueue.remove([letter]);
    moved += 1;
  }
  return { moved, kept: letters.length - moved };
};
