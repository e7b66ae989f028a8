/** The longest a timer of Node's waits, in milliseconds; longer ones go off at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Does some work at a time, never before it, however far away that is; what is to come keeps no process alive.
 *
 * @param due milliseconds since 1970
 * @returns what calls it off
 */
export const wakeAt = (due: number, work: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = due - Date.now();
    timer = setTimeout(() => (Date.now() < due ? wait() : work()), Math.min(Math.max(0, left), LONGEST));
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
};
