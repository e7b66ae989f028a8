import { randomUUID } from 'node:crypto';
import type { Blueprint } from '../template/blueprint.ts';
import type { Queue } from './queue.ts';

/** What became of dead letters: back in their queue, or still dead because that queue does not take them. */
export type Redriven = Readonly<{ moved: number; kept: number }>;

/** For each dead-letter queue the queue its messages were meant for, both by ARN. */
export const sourcesOf = ({ queues, topics }: Pick<Blueprint, 'queues' | 'topics'>): ReadonlyMap<string, string> =>
  new Map([
    ...queues.flatMap(({ arn, redrive }) => (redrive ? [[redrive.deadLetterQueue, arn] as const] : [])),
    ...topics.flatMap(({ subscriptions }) =>
      subscriptions.flatMap(({ queue, deadLetterQueue }) =>
        deadLetterQueue === undefined ? [] : [[deadLetterQueue, queue] as const],
      ),
    ),
  ]);

/** Moves all dead letters of one queue to another. As at SQS they are new messages there: with new ids, never received. */
export const redrive = (deadLetterQueue: Queue, source: Queue): Redriven => {
  let moved = 0;
  const letters = deadLetterQueue.drain();
  for (const letter of letters) {
    try {
      // A new message, and so no repeat of the one that died.
      source.send(
        letter.body,
        letter.group === undefined ? undefined : { group: letter.group, deduplicationId: randomUUID() },
      );
      moved += 1;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { death } = letter;
      deadLetterQueue.bury(letter, death?.reason ?? error.message, death?.from ?? source.name);
    }
  }
  return { moved, kept: letters.length - moved };
};
