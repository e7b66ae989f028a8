import { setTimeout as pause } from 'node:timers/promises';
import { CommandError, request } from '../process/command.ts';
import { type Waiting, waitFor } from './waiting.ts';

/** Milliseconds between two checks. */
const CHECK_INTERVAL = 500;

/** Timeout of one check, in milliseconds: while it is synthesized, a stack accepts connections but does not respond. */
const LOOK = 2_000;

/**
 * Resolves once the local stack at the URL has started; until then it reports that it is waiting.
 *
 * @throws NoStackError if nothing listens, CommandError if something else does or after the limit
 */
export const whenStarted = async (url: string, waiting: Waiting): Promise<void> => {
  if (await hasStarted(url, AbortSignal.timeout(LOOK))) return;
  waiting.say(`The stack at ${url} is still starting.`);
  await waitFor('the stack to start', waiting, async (signal) => {
    while (!(await hasStarted(url, AbortSignal.any([signal, AbortSignal.timeout(LOOK)])))) {
      await pause(CHECK_INTERVAL);
      signal.throwIfAborted();
    }
  });
};

/** The stack listens from the beginning, and responds with 503 until it has started (http/server.ts). */
const hasStarted = async (url: string, signal: AbortSignal): Promise<boolean> => {
  try {
    const { status } = await request(url, '/local/tables', { signal });
    if (status === 200) return true;
    if (status === 503) return false;
    throw new CommandError(
      `the server at ${url} is not a local Mailtrail stack (GET /local/tables gives ${status}).`,
      2,
    );
  } catch (error) {
    // No response within the timeout of one check.
    if (error instanceof DOMException) return false;
    throw error;
  }
};
