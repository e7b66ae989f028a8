import { CommandError } from '../process/command.ts';

/** How the demo waits: what it says meanwhile, and for how many milliseconds at most. */
export type Waiting = Readonly<{ say: (line: string) => void; limit: number }>;

/** Milliseconds after which a wait that goes on is mentioned again. */
const REMINDER = 10_000;

/** Ends what it is given to after so many milliseconds, with a CommandError of that text. */
export const timeLimit = (milliseconds: number, problem: string): AbortSignal => {
  const controller = new AbortController();
  const end = () => controller.abort(new CommandError(problem));
  setTimeout(end, milliseconds).unref();
  return controller.signal;
};

/**
 * Does something that takes its time: says what is waited for, says so again while it goes on, and ends it at the limit.
 *
 * @param what to be read after "Waiting for"
 * @param work must end with the reason of its signal when that is aborted
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
  const problem = `waited ${seconds} s for ${what}, in vain. --timeout makes it wait longer.`;
  try {
    return await work(timeLimit(limit, problem));
  } finally {
    clearInterval(reminder);
  }
};
