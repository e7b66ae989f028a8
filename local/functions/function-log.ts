/** A line a function wrote. */
export type LogLine = Readonly<{ functionName: string; line: string }>;

/** What the functions write, apart from our own output: the last lines of it, and whoever listens to them. */
export class FunctionLog {
  readonly #kept: number;
  readonly #listener: (line: LogLine) => void;
  #lines: LogLine[] = [];

  /** @param kept how many lines to remember */
  constructor(listener: (line: LogLine) => void = () => {}, kept = 1_000) {
    this.#listener = listener;
    this.#kept = kept;
  }

  get lines(): readonly LogLine[] {
    return this.#lines.slice(-this.#kept);
  }

  add(functionName: string, line: string): void {
    this.#lines.push({ functionName, line });
    // Now and then, not for each line: cutting copies them all.
    if (this.#lines.length >= 2 * this.#kept) this.#lines = this.#lines.slice(-this.#kept);
    this.#listener({ functionName, line });
  }

  /**
   * The code a function gave in its log for a failure that concerns an id: `code`, else `error`, of the latest line of
   * JSON at the level WARN or ERROR that holds the id.
   */
  codeFor(functionName: string, id: string): string | undefined {
    const line = this.#lines.findLast((one) => one.functionName === functionName && one.line.includes(id));
    const { level, code, error } = object(line?.line);
    const given = level === 'WARN' || level === 'ERROR' ? (code ?? error) : undefined;
    // A code, no sentence: that might quote the event.
    return typeof given === 'string' && /^[\w.-]{1,80}$/.test(given) ? given : undefined;
  }
}

const object = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text ?? '{}') ?? {};
  } catch {
    return {};
  }
};
