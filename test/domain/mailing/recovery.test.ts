import { describe, expect, it } from 'vitest';
import { CHECK_AFTER, hasPassed, nextCheckAfter, nextCheckAtAge } from '../../../lambdas/domain/mailing/recovery.ts';
import { DAY, HOUR } from '../../../lambdas/domain/values/time.ts';

const MINUTE = 60_000;
const NOW = '2026-12-01T10:00:00.000Z';

describe('the first check of what waits unchanged', () => {
  it('is after 20 minutes, so that two of them fit into an hour', () => {
    expect(CHECK_AFTER).toBe(20 * MINUTE);
  });
});

describe('the next check of what was queued again', () => {
  it.each([
    [0, 20 * MINUTE],
    [1, 40 * MINUTE],
    [2, 80 * MINUTE],
    [6, 20 * 64 * MINUTE],
    [7, DAY],
    [2_000, DAY],
  ])('%i times in a row is twice as long off each time, a day at most', (times, milliseconds) => {
    expect(nextCheckAfter(times)).toBe(milliseconds);
  });
});

describe('the next check of an email', () => {
  it.each([
    ['that has just changed', 0, 20 * MINUTE],
    ['whose time is in the future', -HOUR, 20 * MINUTE],
    ['that has been as it is for an hour', HOUR, HOUR],
    ['that has been as it is for a week', 7 * DAY, DAY],
    ['whose time cannot be read', Number.NaN, 20 * MINUTE],
  ])('%s is as long off again, 20 minutes at least and a day at most', (_, age, milliseconds) => {
    expect(nextCheckAtAge(age)).toBe(milliseconds);
  });
});

describe('a while since a time', () => {
  it.each([
    ['not a millisecond before its end', '2026-12-01T09:00:00.001Z', false],
    ['at its end', '2026-12-01T09:00:00.000Z', true],
    ['after its end', '2026-11-30T09:00:00.000Z', true],
    ['not where the time has yet to come', '2026-12-01T11:00:00.000Z', false],
    ['where there is no time', undefined, true],
    ['where the time cannot be read', 'yesterday', true],
  ])('has passed %s', (_, since, passed) => {
    expect(hasPassed(since, HOUR, NOW)).toBe(passed);
  });
});
