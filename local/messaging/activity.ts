/** Counts what is under way and tells when nothing is. */
export class Activity {
  #pending = 0;
  #waiting: (() => void)[] = [];

  get pending(): number {
    return this.#pending;
  }

  begin(): void {
    this.#pending += 1;
  }

  end(): void {
    this.#pending -= 1;
    if (this.#pending > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tell of waiting) tell();
  }

  /** Resolves when nothing is under way, at once where nothing is. */
  quiet(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((tell) => this.#waiting.push(tell));
  }
}
