/** A line that a function logged. */
export type LogLine = Readonly<{ functionName: string; line: string }>;

/** The functions' logs, apart from this process's output: the most recent lines, and listeners. */
export class FunctionLog {
  readonly #kept: number;
  readonly #listener: (line: LogLine) => void;
  #lines: LogLine[] = [];

  /** @param kept how many lines to keep */
  constructor(listener: (line: LogLine) => void = () => {}, kept = 1_000) {
    this.#listener = listener;
    this.#kept = kept;
  }

  get lines(): readonly LogLine[] {
    return this.#lines.slice(-this.#kept);
  }

  add(functionName: string, line: string): void {
    this.#lines.push({ functionName, line });
    // Not for each line: trimming copies them all.
    if (this.#lines.length >= 2 * this.#kept) this.#lines = this.#lines.slice(-this.#kept);
    this.#listener({ functionName, line });
  }

  /**
   * The code in a function's log for a failure of an id: `code`, else `error`, of the latest JSON line at level WARN or
   * ERROR that contains the id.
   */
  codeFor(functionName: string, id: string): string | undefined {
    const line = this.#lines.findLast((one) => one.functionName === functionName && one.line.includes(id));
    const { level, code, error } = object(line?.line);
    const given = level === 'WARN' || level === 'ERROR' ? (code ?? error) : undefined;
    // A code only: a sentence might quote the event.
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
