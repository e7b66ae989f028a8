import { setTimeout as pause } from 'node:timers/promises';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { Activity } from './activity.ts';
import { type DeadLetter, deadLettersIn } from './dead-letters.ts';
import { EventSourceMapping } from './event-source-mapping.ts';
import { type Delay, Queue } from './queue.ts';
import { type Redriven, redrive, sourcesOf } from './redrive.ts';
import { Topic } from './topic.ts';

/** All that carries messages. */
export type Messaging = Readonly<{
  topics: readonly Topic[];
  /** By ARN. */
  queues: ReadonlyMap<string, Queue>;
  deadLetters: () => readonly DeadLetter[];
  /** Names of all dead-letter queues, with something in them or not. */
  deadLetterQueues: readonly string[];
  /** Moves dead letters back, of all dead-letter queues or of the one called so; `undefined` where none is. */
  redrive: (name?: string) => Redriven | undefined;
  /** Messages on their way: not yet done, and not dead. */
  pending: () => number;
  /** Resolves when no message is on its way. */
  quiet: () => Promise<void>;
  stop: () => void;
}>;

/** Wires topics, queues and functions as the template does. */
export const wireMessaging = (
  blueprint: Pick<Blueprint, 'queues' | 'topics' | 'mappings'>,
  functions: ReadonlyMap<string, LambdaFunction>,
  delay?: Delay,
): Messaging => {
  const activity = new Activity();
  const read = new Set(blueprint.mappings.map((mapping) => mapping.queue));
  const queues = makeQueues(blueprint, read, activity, delay);
  const mappings = blueprint.mappings.map((mapping) => {
    const [queue, consumer] = [queues.get(mapping.queue), functions.get(mapping.function)];
    if (!queue || !consumer) throw new Error(`a mapping of ${mapping.queue} to ${mapping.function} has no end`);
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
    stop: () => {
      for (const mapping of mappings) mapping.stop();
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

/** A queue is made after its dead-letter queue; a redrive that goes in a circle, which SQS allows, has no dead letters here. */
const makeQueues = (
  { queues: blueprints }: Pick<Blueprint, 'queues'>,
  read: ReadonlySet<string>,
  activity: Activity,
  delay: Delay | undefined,
): ReadonlyMap<string, Queue> => {
  const made = new Map<string, Queue>();
  const make = (arn: string, above: readonly string[]): Queue | undefined => {
    const blueprint = blueprints.find((one) => one.arn === arn);
    if (made.has(arn) || !blueprint || above.includes(arn)) return made.get(arn);
    const { redrive } = blueprint;
    const deadLetterQueue = redrive && make(redrive.deadLetterQueue, [...above, arn]);
    const queue = new Queue(blueprint, deadLetterQueue, read.has(arn) ? activity : undefined, delay);
    made.set(arn, queue);
    return queue;
  };
  for (const { arn } of blueprints) make(arn, []);
  return made;
};

/**
 * Resolves when messages, simulated emails and streams are quiet together: an email's events become messages, what is
 * recorded of them goes into streams, and what reads those may send and write again.
 *
 * @param ses tells how many events it has yet to publish, when asked
 * @param streams `quiet` resolves with whether there was nothing to wait for
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
