import type { QueuedMessage } from './queued-message.ts';

/** Messages that cannot be received yet. */
export class DelayedMessages {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #release: (message: QueuedMessage) => void;

  /** @param release called with each message when its delay is over, at once if it has none */
  constructor(release: (message: QueuedMessage) => void) {
    this.#release = release;
  }

  get size(): number {
    return this.#timers.size;
  }

  add(message: QueuedMessage): void {
    const wait = message.visibleAt - Date.now();
    if (wait <= 0) {
      this.#release(message);
      return;
    }
    const expire = () => {
      this.#timers.delete(message.id);
      this.#release({ ...message, visibleAt: Date.now() });
    };
    // Must not keep the process alive.
    this.#timers.set(message.id, setTimeout(expire, wait).unref());
  }

  /** Removes all messages for good and returns their ids. */
  clear(): readonly string[] {
    const ids = [...this.#timers.keys()];
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    return ids;
  }
}
