import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, oneLine } from './cannot-start.ts';

/**
 * Makes a data folder if it is missing, readable by its owner alone since it holds addresses, and keeps others out: two
 * stacks on one folder would write over each other. The answer lets them in again; so does the end of the process.
 *
 * @throws CannotStart where it is no folder to write to, or another Mailtrail is using it
 */
export const occupy = (folder: string): (() => void) => {
  const lock = join(folder, 'in-use-by-process');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isAlive(lock)) throw new CannotStart(`${folder} is in use by another Mailtrail: take another folder.`);
    writeFileSync(lock, `${process.pid}\n`);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`MAILTRAIL_DATA must be a folder to write to: ${oneLine(error)}.`);
  }
  const leave = () => {
    process.off('exit', leave);
    rmSync(lock, { force: true });
  };
  process.on('exit', leave);
  return leave;
};

/** Whether the process that took the folder last still runs; one that was killed has left its file behind. */
const isAlive = (lock: string): boolean => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process runs too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
