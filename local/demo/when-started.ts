import { setTimeout as pause } from 'node:timers/promises';
import { CommandError, request } from '../process/command.ts';
import { type Waiting, waitFor } from './waiting.ts';

/** Milliseconds from one look at the stack to the next. */
const LOOK_AGAIN = 500;

/** Milliseconds that one look takes at most: while it is synthesized, a stack accepts connections and answers nothing. */
const LOOK = 2_000;

/**
 * Resolves when the local stack at the URL has started, which it says and waits for where it has not yet.
 *
 * @throws NoStackError where nothing listens, CommandError where something else does or the limit is over
 */
export const whenStarted = async (url: string, waiting: Waiting): Promise<void> => {
  if (await hasStarted(url, AbortSignal.timeout(LOOK))) return;
  waiting.say(`The stack at ${url} is still starting.`);
  await waitFor('the stack to start', waiting, async (signal) => {
    while (!(await hasStarted(url, AbortSignal.any([signal, AbortSignal.timeout(LOOK)])))) {
      await pause(LOOK_AGAIN);
      signal.throwIfAborted();
    }
  });
};

/** From the first moment on the stack listens, and answers 503 until it has started (http/server.ts). */
const hasStarted = async (url: string, signal: AbortSignal): Promise<boolean> => {
  try {
    const { status } = await request(url, '/local/tables', { signal });
    if (status === 200) return true;
    if (status === 503) return false;
    throw new CommandError(
      `what answers at ${url} is no local Mailtrail stack (GET /local/tables gives ${status}).`,
      2,
    );
  } catch (error) {
    // No answer within the time of one look.
    if (error instanceof DOMException) return false;
    throw error;
  }
};
