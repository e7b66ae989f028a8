/** Counts what is in progress, and resolves when nothing is. */
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
    for (const resolve of waiting) resolve();
  }

  /** Resolves when nothing is in progress; at once if nothing is. */
  quiet(): Promise<void> {
    return this.#pending === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
