/** How fast we send, and how long what has to wait waits. All times in milliseconds, if not said otherwise. */

/** Of the account's rate, so that nothing of other senders' mail and of uneven networks makes SES refuse ours. */
const SHARE = 0.95;

/**
 * The time between two emails. `rate + 1` of them take `rate` times this, 1,052 ms: no second holds more than the account
 * may send, as long as none is early or late by more than 26 ms.
 * @param rate the account's MaxSendRate, emails a second
 */
export const spacingOf = (rate: number): number => Math.ceil((1_000 / (SHARE * rate)) * 1_000) / 1_000;

/** How late an email may be for its place in the rate. One that is later takes another place. */
export const TOLERANCE = 25;

/**
 * Seconds until an email that SES, or the rate, had no room for is tried again: longer each time, and by chance, so that
 * those turned away together do not come back together.
 * @param attempt how often it was tried before, from 0
 * @param chance from 0 to 1
 */
export const retryDelay = (attempt: number, chance: number): number => {
  const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
  return Math.ceil(longest / 2 + (longest / 2) * chance);
};

const FIRST_DELAY = 10;
/** SES's guide says to wait for up to ten minutes (manage-sending-quotas-errors). */
const LONGEST_DELAY = 600;

/** How long an email may wait for the day's quota, from when it first had to. */
export const DEPLETED_FOR = 86_400_000;

/** How soon an email that waits for the day's quota is looked at again, and one of which nobody knows whether it was sent. */
export const WAKE_AFTER = 900_000;
