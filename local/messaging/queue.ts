import { randomUUID } from 'node:crypto';
import type { Journal } from '../process/journal.ts';
import type { QueueBlueprint } from '../template/queues.ts';
import type { Activity } from './activity.ts';
import { DelayedMessages } from './delayed-messages.ts';
import { KeptMessages } from './kept-messages.ts';
import { MessageGroups } from './message-groups.ts';
import type { QueuedMessage } from './queued-message.ts';

export type { QueuedMessage } from './queued-message.ts';

/** Milliseconds until a failed message is retried; in SQS it is the visibility timeout, minutes. */
export const RETRY_DELAY = 200;
/** All retries of a message take about so many milliseconds, whatever the redrive policy's number of receives. */
const ALL_RETRIES = 2_000;

/** How long a message is delayed, in milliseconds, from its DelaySeconds. */
export type Delay = (seconds: number) => number;

/** As long as in SQS. */
export const REAL_DELAY: Delay = (seconds) => 1_000 * seconds;

/** The FIFO parameters of a message. */
export type FifoAttributes = Readonly<{ group: string; deduplicationId: string }>;

/** How many messages a queue holds: available, delayed, and in flight. */
export type Depth = Readonly<{ visible: number; delayed: number; inFlight: number }>;

/**
 * A queue as in SQS: at-least-once delivery, in no guaranteed order; FIFO in order within a message group, deduplicated
 * for five minutes. A received message is invisible until it is deleted or returned; after the redrive policy's number of
 * returns it is dead-lettered with the reason. A journal has messages from before `send` returns until they are deleted.
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  /** Set by the reader of the queue: called when a message can be received. */
  onVisible: () => void = () => {};
  readonly #blueprint: QueueBlueprint;
  readonly #deadLetterQueue: Queue | undefined;
  readonly #activity: Activity | undefined;
  readonly #delay: Delay;
  readonly #kept: KeptMessages;
  readonly #groups = new MessageGroups();
  // A delayed message counts as in progress only once its delay is over: waiting for it would take too long.
  readonly #delayed = new DelayedMessages((message) => this.#accept(message));
  #visible: QueuedMessage[] = [];
  #inFlight = 0;

  /** @param activity counts every message until it is deleted or dead-lettered; only for a queue that is read */
  constructor(
    blueprint: QueueBlueprint,
    deadLetterQueue?: Queue,
    activity?: Activity,
    delay = REAL_DELAY,
    journal?: Journal<QueuedMessage>,
  ) {
    this.name = blueprint.name;
    this.arn = blueprint.arn;
    this.#blueprint = blueprint;
    this.#deadLetterQueue = deadLetterQueue;
    this.#activity = activity;
    this.#delay = delay;
    this.#kept = new KeptMessages(journal, blueprint.name);
  }

  get depth(): Depth {
    return { visible: this.#visible.length, delayed: this.#delayed.size, inFlight: this.#inFlight };
  }

  /** Messages that can be received now, the oldest first. */
  get visible(): readonly QueuedMessage[] {
    return this.#blueprint.fifo ? this.#visible.filter(({ group }) => this.#groups.isFree(group)) : this.#visible;
  }

  /**
   * Accepts a message, in a FIFO queue only if it is not a duplicate. Returns its id; for a duplicate, the first one's.
   *
   * @throws RangeError on a message larger than the queue's maximum, Error on a FIFO message for a standard queue or
   * the reverse
   */
  send(body: string, fifo?: FifoAttributes, delaySeconds = 0): string {
    if ((this.#blueprint.fifo ?? false) !== (fifo !== undefined))
      throw new Error(
        this.#blueprint.fifo ? `${this.name} needs a message group id` : `${this.name} is not a FIFO queue`,
      );
    if (Buffer.byteLength(body) > this.#blueprint.maximumMessageSize) {
      throw new RangeError(`longer than the ${this.#blueprint.maximumMessageSize} bytes ${this.name} accepts`);
    }
    const now = Date.now();
    const id = randomUUID();
    const known = fifo && this.#groups.firstWith(fifo.deduplicationId, id, now);
    if (known !== undefined && known !== id) return known;
    const message = {
      ...{ id, body, ...fifo, sentAt: now, receiveCount: 0, firstReceivedAt: undefined, death: undefined },
      visibleAt: now + (delaySeconds === 0 ? 0 : this.#delay(delaySeconds)),
    };
    this.#kept.put(message);
    this.#delayed.add(message);
    return id;
  }

  /** Accepts a message from another queue or a subscription that gave up on it. It keeps its id and age, as in SQS. */
  bury(message: QueuedMessage, reason: string, from: string): void {
    const now = Date.now();
    const buried = { ...message, visibleAt: now, death: { reason, from, at: now } };
    this.#kept.put(buried);
    this.#accept(buried);
  }

  /** Restores what the journal had of this queue when it was closed, or its process ended. */
  restore(): void {
    for (const message of this.#kept.all()) {
      const { deduplicationId, id, sentAt } = message;
      if (deduplicationId !== undefined) this.#groups.firstWith(deduplicationId, id, sentAt);
      this.#delayed.add(message);
    }
  }

  /** Removes some of the available messages for good. */
  remove(messages: readonly QueuedMessage[]): void {
    const ids = new Set(messages.map(({ id }) => id));
    this.#visible = this.#visible.filter(({ id }) => !ids.has(id));
    for (const id of ids) this.#forget(id);
  }

  /** Removes all available and delayed messages for good. Messages in flight stay with their consumer. */
  purge(): void {
    this.remove(this.#visible);
    for (const id of this.#delayed.clear()) this.#kept.delete(id);
  }

  #accept(message: QueuedMessage): void {
    this.#activity?.begin();
    this.#visible.push(message);
    this.onVisible();
  }

  #forget(id: string): void {
    this.#kept.delete(id);
    this.#activity?.end();
  }

  /** Receives up to so many messages, with up to so many bytes together; a single message may be larger. */
  receive(most: number, bytes: number): readonly QueuedMessage[] {
    const visible = this.visible;
    let room = bytes;
    const tooMany = visible.findIndex(({ body }, index) => {
      room -= body.length;
      return index >= most || (room < 0 && index > 0);
    });
    const received = visible.slice(0, tooMany === -1 ? visible.length : tooMany);
    const ids = new Set(received.map(({ id }) => id));
    this.#visible = this.#visible.filter(({ id }) => !ids.has(id));
    this.#groups.take(received);
    this.#inFlight += received.length;
    const now = Date.now();
    return received.map((message) => ({
      ...message,
      receiveCount: message.receiveCount + 1,
      firstReceivedAt: message.firstReceivedAt ?? now,
    }));
  }

  /** Deletes received messages: they are processed. */
  delete(messages: readonly QueuedMessage[]): void {
    this.#groups.release(messages);
    this.#inFlight -= messages.length;
    for (const { id } of messages) this.#forget(id);
  }

  /**
   * Returns received messages to the queue: they are retried soon, or dead-lettered.
   *
   * @param reason why one failed; codes and names only, never a message's content
   */
  handBack(messages: readonly QueuedMessage[], reason: (message: QueuedMessage) => string): void {
    const { redrive } = this.#blueprint;
    const isLast = ({ receiveCount }: QueuedMessage) =>
      redrive !== undefined && receiveCount >= redrive.maxReceiveCount;
    for (const message of messages.filter(isLast)) {
      this.#deadLetterQueue?.bury(message, `${reason(message)} ${times(message.receiveCount)}`, this.name);
    }
    this.delete(messages.filter(isLast));
    const again = messages.filter((message) => !isLast(message));
    if (again.length === 0) return;
    const delay = redrive ? Math.min(RETRY_DELAY, ALL_RETRIES / redrive.maxReceiveCount) : RETRY_DELAY;
    setTimeout(() => {
      const visibleAt = Date.now();
      const back = again.map((message) => ({ ...message, visibleAt }));
      this.#groups.release(again);
      this.#inFlight -= again.length;
      // At the head of its group, to keep the order.
      this.#visible = this.#blueprint.fifo ? [...back, ...this.#visible] : [...this.#visible, ...back];
      this.onVisible();
    }, delay);
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
