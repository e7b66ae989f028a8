import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, oneLine } from './cannot-start.ts';

/**
 * Creates a data folder if it is missing, readable by its owner alone since it holds addresses, and locks it: two
 * stacks on one folder would overwrite each other's data. Returns a function that unlocks it; the end of the process
 * does so too.
 *
 * @throws CannotStart if it is not a writable folder, or another Mailtrail is using it
 */
export const occupy = (folder: string): (() => void) => {
  const lock = join(folder, 'in-use-by-process');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isAlive(lock)) throw new CannotStart(`${folder} is in use by another Mailtrail: choose another folder.`);
    writeFileSync(lock, `${process.pid}\n`);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`MAILTRAIL_DATA must be a writable folder: ${oneLine(error)}.`);
  }
  const leave = () => {
    process.off('exit', leave);
    rmSync(lock, { force: true });
  };
  process.on('exit', leave);
  return leave;
};

/** Whether the process that last locked the folder is still running; a killed one leaves its lock file behind. */
const isAlive = (lock: string): boolean => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    // A process of another user is running too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
