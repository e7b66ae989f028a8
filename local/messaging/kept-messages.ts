import type { Journal } from '../process/journal.ts';
import type { QueuedMessage } from './queued-message.ts';

/** One queue's messages in the journal that all queues share. */
export class KeptMessages {
  readonly #journal: Journal<QueuedMessage> | undefined;
  readonly #queue: string;

  constructor(journal: Journal<QueuedMessage> | undefined, queue: string) {
    this.#journal = journal;
    this.#queue = queue;
  }

  put(message: QueuedMessage): void {
    this.#journal?.put(`${this.#queue}/${message.id}`, message);
  }

  delete(id: string): void {
    this.#journal?.delete(`${this.#queue}/${id}`);
  }

  /** In the order of arrival. */
  all(): readonly QueuedMessage[] {
    const entries = this.#journal?.entries() ?? [];
    return entries.filter(([key]) => key.startsWith(`${this.#queue}/`)).map(([, message]) => message);
  }
}
