import { FunctionError } from '../functions/function-error.ts';
import type { MappingBlueprint } from '../template/mappings.ts';
import { failedOf } from './batch-answer.ts';
import type { Queue, QueuedMessage } from './queue.ts';
import { sqsEvent } from './sqs-event.ts';

/** What a mapping calls. */
export type Consumer = Readonly<{
  name: string;
  invoke: (event: unknown) => Promise<unknown>;
  /** The code it gave for failing on a message, where it gave one. */
  codeFor: (messageId: string) => string | undefined;
}>;

/** The most bytes Lambda hands a function in one call. */
const PAYLOAD_BYTES = 6_291_456;

/**
 * Reads a queue for a function, as Lambda's event source mapping does: a batch goes when it is full, or when the message
 * that waits longest has waited for the batching window, never more batches at once than the mapping allows. A message
 * that comes again does not wait for company once more: retries run on a shortened clock here.
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

  /** Reads no more; batches in the function's hands are left to it. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Reads no more; resolves when no batch is in the function's hands. */
  finish(): Promise<void> {
    this.stop();
    return this.#running === 0 ? Promise.resolve() : new Promise((finished) => (this.#finished = finished));
  }

  #look(): void {
    if (this.#stopped) return;
    const [first] = this.#queue.visible;
    if (first === undefined || this.#running >= this.#blueprint.concurrency) return;
    const dueAt = this.#dueAt(first);
    // A timer set anew for each message would not go off while they keep coming.
    if (this.#timer !== undefined && this.#timerAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = dueAt;
    // Even what is due waits for what is sent in the same breath: Lambda receives several at once.
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
    // What was there when the timer was set may be of a group that has a message under way by now.
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
