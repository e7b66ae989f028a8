import { setTimeout as pause } from 'node:timers/promises';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import { keptJournal } from '../process/journal.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { QueueBlueprint } from '../template/queues.ts';
import { Activity } from './activity.ts';
import { type DeadLetter, deadLettersIn } from './dead-letters.ts';
import { EventSourceMapping } from './event-source-mapping.ts';
import { type Delay, Queue, type QueuedMessage } from './queue.ts';
import { type Redriven, redrive, sourcesOf } from './redrive.ts';
import { Topic } from './topic.ts';

/** Topics, queues and the functions that read them. */
export type Messaging = Readonly<{
  topics: readonly Topic[];
  /** By ARN. */
  queues: ReadonlyMap<string, Queue>;
  deadLetters: () => readonly DeadLetter[];
  /** Names of all dead-letter queues, empty or not. */
  deadLetterQueues: readonly string[];
  /**
   * Moves dead letters back, from all dead-letter queues or the named one; `undefined` if there is none of that name.
   */
  redrive: (name?: string) => Redriven | undefined;
  /** Messages neither processed nor dead-lettered. */
  pending: () => number;
  /** Resolves when no message is in progress. */
  quiet: () => Promise<void>;
  /** Restores the messages that an earlier stack on the same data folder left in its queues. */
  resume: () => void;
  /** Stops reading; resolves when no function call is in progress. */
  finish: () => Promise<void>;
  stop: () => void;
}>;

/** How messages are delayed, and where they are kept; in memory without a folder. */
export type MessagingOptions = Readonly<{ delay?: Delay | undefined; dataFolder?: string | undefined }>;

/** Connects topics, queues and functions as the template does. */
export const wireMessaging = (
  blueprint: Pick<Blueprint, 'queues' | 'topics' | 'mappings'>,
  functions: ReadonlyMap<string, LambdaFunction>,
  { delay, dataFolder }: MessagingOptions = {},
): Messaging => {
  const activity = new Activity();
  const read = new Set(blueprint.mappings.map((mapping) => mapping.queue));
  const journal = keptJournal<QueuedMessage>(dataFolder, 'queues.jsonl', "the queues' messages");
  const queues = makeQueues(
    blueprint,
    (one, deadLetterQueue) => new Queue(one, deadLetterQueue, read.has(one.arn) ? activity : undefined, delay, journal),
  );
  const mappings = blueprint.mappings.map((mapping) => {
    const [queue, consumer] = [queues.get(mapping.queue), functions.get(mapping.function)];
    if (!queue || !consumer)
      throw new Error(`the mapping of ${mapping.queue} to ${mapping.function} has no such queue or function`);
    return new EventSourceMapping(mapping, queue, consumer);
  });
  const pairs = [...sourcesOf(blueprint)].flatMap(([dead, alive]) => {
    const [from, to] = [queues.get(dead), queues.get(alive)];
    return from && to ? [[from, to] as const] : [];
  });
  const unread = [...queues.values()].filter(({ arn }) => !read.has(arn));
  return {
    topics: blueprint.topics.map((topic) => new Topic(topic, queues)),
    queues,
    deadLetters: () => deadLettersIn(unread),
    deadLetterQueues: unread.map(({ name }) => name),
    redrive: (name) => redriveAll(pairs.filter(([from]) => name === undefined || from.name === name)),
    pending: () => activity.pending,
    quiet: () => activity.quiet(),
    resume: () => {
      for (const queue of queues.values()) queue.restore();
    },
    finish: async () => {
      await Promise.all(mappings.map((mapping) => mapping.finish()));
    },
    stop: () => {
      for (const mapping of mappings) mapping.stop();
      // Messages still with a function are redelivered at the next start.
      journal.close();
    },
  };
};

const redriveAll = (pairs: readonly (readonly [Queue, Queue])[]): Redriven | undefined =>
  pairs
    .map(([from, to]) => redrive(from, to))
    .reduce<Redriven | undefined>(
      (sum, { moved, kept }) => ({ moved: (sum?.moved ?? 0) + moved, kept: (sum?.kept ?? 0) + kept }),
      undefined,
    );

/**
 * A queue is created after its dead-letter queue. A circular redrive policy, which SQS allows, has no dead letters
 * here.
 */
const makeQueues = (
  { queues: blueprints }: Pick<Blueprint, 'queues'>,
  queueOf: (blueprint: QueueBlueprint, deadLetterQueue: Queue | undefined) => Queue,
): ReadonlyMap<string, Queue> => {
  const made = new Map<string, Queue>();
  const make = (arn: string, above: readonly string[]): Queue | undefined => {
    const blueprint = blueprints.find((one) => one.arn === arn);
    if (made.has(arn) || !blueprint || above.includes(arn)) return made.get(arn);
    const { redrive } = blueprint;
    const deadLetterQueue = redrive && make(redrive.deadLetterQueue, [...above, arn]);
    const queue = queueOf(blueprint, deadLetterQueue);
    made.set(arn, queue);
    return queue;
  };
  for (const { arn } of blueprints) make(arn, []);
  return made;
};

/**
 * Resolves when messages, simulated emails and streams are idle together: an email's events become messages, the
 * recorded facts become stream records, and the functions that read those may send and write again.
 *
 * @param ses returns how many events it has still to publish
 * @param streams `quiet` resolves with whether the streams were already idle
 */
export const settle = async (
  messaging: Messaging,
  ses: Readonly<{ pending: () => number }>,
  streams: Readonly<{ quiet: () => Promise<boolean> }>,
): Promise<void> => {
  const isBusy = () => messaging.pending() > 0 || ses.pending() > 0;
  do {
    while (isBusy()) {
      await messaging.quiet();
      if (ses.pending() > 0) await pause(20);
    }
  } while (!(await streams.quiet()) || isBusy());
};
