import { FunctionError } from '../functions/function-error.ts';
import type { MappingBlueprint } from '../template/mappings.ts';
import { failedOf } from './batch-answer.ts';
import type { Queue, QueuedMessage } from './queue.ts';
import { sqsEvent } from './sqs-event.ts';

/** The function that a mapping calls. */
export type Consumer = Readonly<{
  name: string;
  invoke: (event: unknown) => Promise<unknown>;
  /** The code it logged for failing on a message, if any. */
  codeFor: (messageId: string) => string | undefined;
}>;

/** The most bytes Lambda passes to a function in one call. */
const PAYLOAD_BYTES = 6_291_456;

/**
 * Reads a queue for a function, as Lambda's event source mapping does. A batch is passed on when it is full, or when
 * its oldest message has waited for the batching window; never more batches at once than the mapping allows. A retried
 * message does not wait for the batching window again: retries run on a shortened clock here.
 */
export class EventSourceMapping {
  readonly #blueprint: MappingBlueprint;
  readonly #queue: Queue;
  readonly #consumer: Consumer;
  #running = 0;
  #stopped = false;
  #finished = () => {};
  #timer: NodeJS.Timeout | undefined;
  #timerAt = 0;

  constructor(blueprint: MappingBlueprint, queue: Queue, consumer: Consumer) {
    this.#blueprint = blueprint;
    this.#queue = queue;
    this.#consumer = consumer;
    queue.onVisible = () => this.#look();
  }

  /** Stops reading; batches in progress continue. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Stops reading; resolves when no batch is in progress. */
  finish(): Promise<void> {
    this.stop();
    return this.#running === 0 ? Promise.resolve() : new Promise((finished) => (this.#finished = finished));
  }

  #look(): void {
    if (this.#stopped) return;
    const [first] = this.#queue.visible;
    if (first === undefined || this.#running >= this.#blueprint.concurrency) return;
    const dueAt = this.#dueAt(first);
    // One timer for the window: a timer reset by each message would never fire while messages keep arriving.
    if (this.#timer !== undefined && this.#timerAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = dueAt;
    // Even due messages wait for those sent in the same tick: Lambda receives several at once.
    this.#timer = setTimeout(() => this.#take(), Math.max(0, dueAt - Date.now()));
  }

  #dueAt(first: QueuedMessage): number {
    const { visible } = this.#queue;
    const isDue = visible.length >= this.#blueprint.batchSize || visible.some(({ receiveCount }) => receiveCount > 0);
    return isDue ? 0 : first.visibleAt + this.#blueprint.window;
  }

  #take(): void {
    this.#timer = undefined;
    const batch = this.#queue.receive(this.#blueprint.batchSize, PAYLOAD_BYTES);
    // A message that was there when the timer was set may now be in a group with a message in progress.
    if (batch.length > 0) void this.#run(batch);
    this.#look();
  }

  async #run(batch: readonly QueuedMessage[]): Promise<void> {
    this.#running += 1;
    const { failed, reason } = await this.#outcome(batch);
    this.#queue.delete(batch.filter((message) => !failed.includes(message)));
    this.#queue.handBack(failed, reason);
    this.#running -= 1;
    if (this.#running === 0) this.#finished();
    this.#look();
  }

  async #outcome(batch: readonly QueuedMessage[]) {
    const { name, codeFor } = this.#consumer;
    try {
      const answer = await this.#consumer.invoke(sqsEvent(batch, this.#queue.arn));
      const failed = this.#blueprint.reportsFailures ? failedOf(answer, batch) : [];
      const reason = ({ id }: QueuedMessage) =>
        [codeFor(id), `reported as a failure by ${name}`].filter(Boolean).join(', ');
      return { failed, reason };
    } catch (error) {
      // An error's message may quote the event, its type may not.
      const type = error instanceof FunctionError ? error.errorType : 'Error';
      return { failed: batch, reason: () => `${type}, thrown by ${name}` };
    }
  }
}
