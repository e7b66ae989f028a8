/** The longest delay of a Node.js timer, in milliseconds; longer ones fire at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Runs some work at a time, never before it, however far away it is. It does not keep the process alive.
 *
 * @param due milliseconds since 1970
 * @returns a function that cancels it
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
