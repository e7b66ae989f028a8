/** The time, and a way to let some of it pass. Milliseconds. */
export type Clock = Readonly<{ now: () => number; sleep: (milliseconds: number) => Promise<void> }>;

/** Resolves when the next call may be made. */
export type RateLimiter = () => Promise<void>;

/**
 * Keeps calls apart: between the starts of two of them at least `interval` milliseconds pass. The first waits as well:
 * who made the last call may have been another environment of the same function.
 */
export const createRateLimiter = (clock: Clock, interval: number): RateLimiter => {
  let next = clock.now() + interval;
  return async () => {
    const now = clock.now();
    // A clock that was set back must not hold everything up.
    const wait = Math.min(next - now, interval);
    if (wait > 0) await clock.sleep(wait);
    next = Math.max(clock.now(), now + wait) + interval;
  };
};
