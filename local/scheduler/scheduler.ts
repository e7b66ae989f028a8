import { randomUUID } from 'node:crypto';
import type { Queue } from '../messaging/queue.ts';
import { keptFile } from '../process/kept-file.ts';
import { wakeAt } from '../process/wake-at.ts';
import { readAt } from './at-expression.ts';
import { conflict, invalid, missing } from './scheduler-error.ts';

/** A one-time schedule, as requested. Times in milliseconds since 1970. */
export type Schedule = Readonly<{
  group: string;
  name: string;
  expression: string;
  at: number;
  state: 'ENABLED' | 'DISABLED';
  target: Target;
  /** Whether it is deleted after it has run; otherwise it is kept, and never runs again. */
  deletes: boolean;
  description: string | undefined;
  /** The client token, which identifies a repeated call. */
  token: string | undefined;
  createdAt: number;
  changedAt: number;
  /** Whether it has run. */
  done: boolean;
}>;

/** A message, and its target queue. */
export type Target = Readonly<{ arn: string; roleArn: string; input: string; messageGroup: string | undefined }>;

/** A requested schedule; the scheduler adds the time. */
export type NewSchedule = Omit<Schedule, 'at' | 'createdAt' | 'changedAt' | 'done'>;

export type SchedulerParts = Readonly<{
  groups: readonly string[];
  /** By ARN. */
  queues: ReadonlyMap<string, Queue>;
  dataFolder?: string | undefined;
}>;

/**
 * EventBridge Scheduler, limited to one-time schedules with a queue as their target. They run on the second; AWS takes
 * up to a minute. Schedules missed while nothing was running run at the start.
 */
export class Scheduler {
  readonly #groups: readonly string[];
  readonly #queues: ReadonlyMap<string, Queue>;
  readonly #file;
  #schedules: readonly Schedule[];
  #callOff = () => {};

  constructor({ groups, queues, dataFolder }: SchedulerParts) {
    this.#groups = groups;
    this.#queues = queues;
    this.#file = keptFile<readonly Schedule[]>(dataFolder, 'schedules.json', 'the schedules');
    this.#schedules = this.#file.load() ?? [];
  }

  /** Existing schedules, the next one first. */
  get schedules(): readonly Schedule[] {
    return this.#schedules.toSorted((one, other) => one.at - other.at);
  }

  /** Starts sending, beginning with missed schedules. */
  start(): void {
    this.#wait();
  }

  stop(): void {
    this.#callOff();
  }

  /** @throws SchedulerError ConflictException if another call created one of this name */
  create(schedule: NewSchedule): Schedule {
    const there = this.#find(schedule);
    if (there?.token !== undefined && there.token === schedule.token) return there;
    if (there !== undefined) throw conflict(`Schedule ${schedule.name} already exists.`);
    const now = Date.now();
    return this.#put({ ...schedule, at: this.#time(schedule, now), createdAt: now, changedAt: now, done: false });
  }

  /** Replaces one completely, as AWS does. @throws SchedulerError ResourceNotFoundException if there is none */
  update(schedule: NewSchedule): Schedule {
    const { createdAt } = this.get(schedule.group, schedule.name);
    const now = Date.now();
    return this.#put({ ...schedule, at: this.#time(schedule, now), createdAt, changedAt: now, done: false });
  }

  /** @throws SchedulerError ResourceNotFoundException if there is none */
  get(group: string, name: string): Schedule {
    const found = this.#find({ group, name });
    if (found === undefined) throw missing(`Schedule ${name} does not exist.`);
    return found;
  }

  /** @throws SchedulerError ResourceNotFoundException if there is none */
  delete(group: string, name: string): void {
    const found = this.get(group, name);
    this.#keep(this.#schedules.filter((one) => one !== found));
  }

  #find({ group, name }: Pick<Schedule, 'group' | 'name'>): Schedule | undefined {
    if (!this.#groups.includes(group)) throw missing(`Schedule group ${group} does not exist.`);
    return this.#schedules.find((one) => one.group === group && one.name === name);
  }

  #time({ expression, target }: NewSchedule, now: number): number {
    const at = readAt(expression);
    if (at === undefined) throw invalid(`Invalid Schedule Expression ${expression}.`);
    // Reported, not documented: callers must not rely on a past time being accepted.
    if (at <= now) throw invalid(`Invalid Schedule Expression ${expression}: it is in the past.`);
    if (!this.#queues.has(target.arn)) throw invalid(`Provided Arn ${target.arn} is not a queue of the stack.`);
    return at;
  }

  #put(schedule: Schedule): Schedule {
    const others = this.#schedules.filter(({ group, name }) => group !== schedule.group || name !== schedule.name);
    this.#keep([...others, schedule]);
    return schedule;
  }

  #keep(schedules: readonly Schedule[]): void {
    this.#schedules = schedules;
    this.#file.save(schedules);
    this.#wait();
  }

  #wait(): void {
    this.#callOff();
    const next = this.schedules.find(({ state, done }) => state === 'ENABLED' && !done);
    this.#callOff = next ? wakeAt(next.at, () => this.#fire(next)) : () => {};
  }

  /** Sent before it is deleted: sending twice is better than not at all. */
  #fire(due: Schedule): void {
    const { arn, input, messageGroup } = due.target;
    const fifo = messageGroup === undefined ? undefined : { group: messageGroup, deduplicationId: randomUUID() };
    try {
      this.#queues.get(arn)?.send(input, fifo);
    } finally {
      const others = this.#schedules.filter((one) => one !== due);
      this.#keep(due.deletes ? others : [...others, { ...due, done: true }]);
    }
  }
}
