import type { QueuedMessage } from './queued-message.ts';

/** Messages that cannot be received yet. */
export class DelayedMessages {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #come: (message: QueuedMessage) => void;

  /** @param come called with each message when its delay is over, at once if it has none */
  constructor(come: (message: QueuedMessage) => void) {
    this.#come = come;
  }

  get size(): number {
    return this.#timers.size;
  }

  add(message: QueuedMessage): void {
    const wait = message.visibleAt - Date.now();
    if (wait <= 0) {
      this.#come(message);
      return;
    }
    const come = () => {
      this.#timers.delete(message.id);
      this.#come({ ...message, visibleAt: Date.now() });
    };
    // Must not keep the process alive.
    this.#timers.set(message.id, setTimeout(come, wait).unref());
  }

  /** Removes all messages for good and returns their ids. */
  clear(): readonly string[] {
    const ids = [...this.#timers.keys()];
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    return ids;
  }
}
