import { DAY } from '../values/time.ts';

/** When a message of a queue is taken to be lost. A queue can be purged, a dead letter ages out, a table is restored. */

/**
 * Milliseconds after which an email that waits unchanged, or a campaign that no step was taken of, is checked: two checks
 * and the time between two sweeps fit into an hour.
 */
export const CHECK_AFTER = 1_200_000;

/**
 * The most messages of a queue whose emails are queued again. An account that sends one email a second, the least that SES
 * gives (SES guide, manage-sending-quotas), works so many off in less than CHECK_AFTER: an email that was not sent by then
 * has no message in it. In a longer queue a waiting email may well have one.
 */
export const SHORT_QUEUE = 1_000;

/**
 * Milliseconds until the next check of what was queued again `times` times in a row: twice as long each time, up to a day.
 * What fails each time would otherwise fill a dead-letter queue.
 */
export const nextCheckAfter = (times: number): number => Math.min(CHECK_AFTER * 2 ** times, DAY);

/** The same of an email that has been as it is for `age` milliseconds: as long again. One that can't be read is new. */
export const nextCheckAtAge = (age: number): number => Math.min(Math.max(age, CHECK_AFTER) || CHECK_AFTER, DAY);

/** Whether `milliseconds` have passed at `now` since a time, both ISO 8601; of a time that can't be read they have. */
export const hasPassed = (since: string | undefined, milliseconds: number, now: string): boolean =>
  !(Date.parse(since ?? '') + milliseconds > Date.parse(now));
