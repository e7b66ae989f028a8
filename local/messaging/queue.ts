import { randomUUID } from 'node:crypto';
import type { Journal } from '../process/journal.ts';
import type { QueueBlueprint } from '../template/queues.ts';
import type { Activity } from './activity.ts';
import { DelayedMessages } from './delayed-messages.ts';
import { KeptMessages } from './kept-messages.ts';
import { MessageGroups } from './message-groups.ts';
import type { QueuedMessage } from './queued-message.ts';

export type { QueuedMessage } from './queued-message.ts';

/** Milliseconds after which a failed message comes again, where SQS waits for the visibility timeout to run out: minutes. */
export const RETRY_DELAY = 200;
/** All retries of a message are over after about so many milliseconds, however many the redrive policy asks for. */
const ALL_RETRIES = 2_000;

/** How long a message waits before it can be received, by the seconds it was sent with: milliseconds. */
export type Delay = (seconds: number) => number;

/** As long as at SQS. */
export const REAL_DELAY: Delay = (seconds) => 1_000 * seconds;

/** What a message of a FIFO queue is sent with. */
export type FifoAttributes = Readonly<{ group: string; deduplicationId: string }>;

/** How many messages a queue holds: to be received, waiting for their delay, and received or about to come again. */
export type Depth = Readonly<{ visible: number; delayed: number; inFlight: number }>;

/**
 * A queue as SQS has them: at least once, in no promised order; a FIFO queue in the order of each message group, and
 * without repeats for five minutes. A message received is invisible until it is deleted or handed back; handed back as
 * often as the redrive policy says, it goes to the dead-letter queue with the reason. What it has taken is kept in a
 * journal, if there is one, before `send` returns, and until it is deleted.
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  /** Set by who reads the queue: called when a message can be received. */
  onVisible: () => void = () => {};
  readonly #blueprint: QueueBlueprint;
  readonly #deadLetterQueue: Queue | undefined;
  readonly #activity: Activity | undefined;
  readonly #delay: Delay;
  readonly #kept: KeptMessages;
  readonly #groups = new MessageGroups();
  // A delayed message is under way only when its time has come: nobody waits for it.
  readonly #delayed = new DelayedMessages((message) => this.#accept(message));
  #visible: QueuedMessage[] = [];
  #inFlight = 0;

  /** @param activity counts every message until it is deleted or dead; only for a queue that is read */
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

  /** Messages that can be received now, the one that waits longest first. */
  get visible(): readonly QueuedMessage[] {
    return this.#blueprint.fifo ? this.#visible.filter(({ group }) => this.#groups.isFree(group)) : this.#visible;
  }

  /**
   * Takes a message; in a FIFO queue only if it is no repeat. Its id, that of the first where it is one.
   *
   * @throws RangeError on a message longer than the queue takes, Error on one that is FIFO where the queue is not
   */
  send(body: string, fifo?: FifoAttributes, delaySeconds = 0): string {
    if ((this.#blueprint.fifo ?? false) !== (fifo !== undefined))
      throw new Error(`${this.name} takes the other kind of messages`);
    if (Buffer.byteLength(body) > this.#blueprint.maximumMessageSize) {
      throw new RangeError(`longer than the ${this.#blueprint.maximumMessageSize} bytes ${this.name} takes`);
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

  /** Takes in a message that another queue, or a subscription, gives up. It keeps its id and its age, as at SQS. */
  bury(message: QueuedMessage, reason: string, from: string): void {
    const now = Date.now();
    const buried = { ...message, visibleAt: now, death: { reason, from, at: now } };
    this.#kept.put(buried);
    this.#accept(buried);
  }

  /** Takes in what the journal kept of this queue when it was closed, or its process ended. */
  restore(): void {
    for (const message of this.#kept.all()) {
      const { deduplicationId, id, sentAt } = message;
      if (deduplicationId !== undefined) this.#groups.firstWith(deduplicationId, id, sentAt);
      this.#delayed.add(message);
    }
  }

  /** Takes out some that could be received, for good. */
  remove(messages: readonly QueuedMessage[]): void {
    const ids = new Set(messages.map(({ id }) => id));
    this.#visible = this.#visible.filter(({ id }) => !ids.has(id));
    for (const id of ids) this.#forget(id);
  }

  /** Takes out all that could be received or is delayed, for good. What is received stays with its consumer. */
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

  /** Receives messages, at most so many and with at most so many bytes together, but one of any size. */
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

  /** Deletes received messages: they are done. */
  delete(messages: readonly QueuedMessage[]): void {
    this.#groups.release(messages);
    this.#inFlight -= messages.length;
    for (const { id } of messages) this.#forget(id);
  }

  /**
   * Hands received messages back: they are tried again soon, or given up.
   *
   * @param reason why one failed; codes and names only, never what is in a message
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
      // To the head of its group, whose order it keeps.
      this.#visible = this.#blueprint.fifo ? [...back, ...this.#visible] : [...this.#visible, ...back];
      this.onVisible();
    }, delay);
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
