/** The current time and a sleep, in milliseconds. */
export type Clock = Readonly<{ now: () => number; sleep: (milliseconds: number) => Promise<void> }>;

/** Resolves when the next request may be sent. */
export type RateLimiter = () => Promise<void>;

/**
 * Limits the rate of requests: they start at least `interval` milliseconds apart. The first one waits too, because the
 * previous request may have been sent by another execution environment of the function.
 */
export const createRateLimiter = (clock: Clock, interval: number): RateLimiter => {
  let next = clock.now() + interval;
  return async () => {
    const now = clock.now();
    // At most the interval, in case the clock was set back.
    const wait = Math.min(next - now, interval);
    if (wait > 0) await clock.sleep(wait);
    next = Math.max(clock.now(), now + wait) + interval;
  };
};
