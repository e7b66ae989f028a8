/** How fast we send, and how long what has to wait waits. All times in milliseconds, if not said otherwise. */

/** Microseconds in a millisecond. */
export const MICROSECONDS = 1_000;

/** Of the account's rate, so that nothing of other senders' mail and of uneven networks makes SES refuse ours. */
const SHARE = 0.95;

/**
 * The time between two emails, in whole microseconds: it is added up in the store and compared there, and DynamoDB adds
 * decimals exactly where JavaScript does not. `rate + 1` emails take `rate` times this, 1,052 ms: no second holds more
 * than the account may send, as long as none is early or late by more than 26 ms. Of a rate such as 14.5 only 14 fit into
 * every second.
 * @param rate the account's MaxSendRate, emails a second; above 0, fractions included
 */
export const spacingOf = (rate: number): number =>
  Math.ceil((1_000 * MICROSECONDS) / (SHARE * (rate < 1 ? rate : Math.floor(rate))));

/** How far ahead campaigns take slots in the send rate: what a single message waits for them at most. */
export const CAMPAIGNS_AHEAD = 2_000;

/** One slot in so many is the campaigns' even where single messages would take all of them. */
export const CAMPAIGNS_TURN = 5;

/**
 * How many emails of a campaign take slots with one write: about a second's worth, so that at a low rate the slots of
 * one batch do not reach further ahead than campaigns may.
 * @param spacing microseconds
 */
export const slotsAtOnce = (spacing: number): number => Math.max(1, Math.floor((1_000 * MICROSECONDS) / spacing));

/**
 * How much of the quota for 24 hours campaigns leave to single messages: at least one email.
 * @param quota emails in 24 hours; Infinity where there is no limit
 * @param percent from 0 to 100; 0 keeps nothing
 */
export const keptForMessages = (quota: number, percent: number): number =>
  Number.isFinite(quota) ? Math.ceil((quota * percent) / 100) : 0;

/** How late an email may be for its slot in the rate. One that is later takes another slot. */
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
