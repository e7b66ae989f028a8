import { CommandError } from '../process/command.ts';

/** How the demo waits: where progress messages go, and the limit in milliseconds. */
export type Waiting = Readonly<{ say: (line: string) => void; limit: number }>;

/** Milliseconds between reminders. */
const REMINDER = 10_000;

/** A signal that aborts after so many milliseconds, with a CommandError of that text. */
export const timeLimit = (milliseconds: number, problem: string): AbortSignal => {
  const controller = new AbortController();
  const end = () => controller.abort(new CommandError(problem));
  setTimeout(end, milliseconds).unref();
  return controller.signal;
};

/**
 * Runs something slow: prints what it waits for, repeats that while it takes, and ends it at the limit.
 *
 * @param what to be read after "Waiting for"
 * @param work must reject with its signal's reason when the signal is aborted
 * @throws CommandError after the limit
 */
export const waitFor = async <Result>(
  what: string,
  { say, limit }: Waiting,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const seconds = limit / 1_000;
  const since = Date.now();
  say(`Waiting for ${what}, ${seconds} s at most …`);
  const remind = () => say(`Still waiting for ${what}: ${Math.round((Date.now() - since) / 1_000)} of ${seconds} s …`);
  const reminder = setInterval(remind, REMINDER);
  const problem = `waited ${seconds} s for ${what} without success. Use --timeout to wait longer.`;
  try {
    return await work(timeLimit(limit, problem));
  } finally {
    clearInterval(reminder);
  }
};
