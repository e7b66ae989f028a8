import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keptForMessages,
  MICROSECONDS,
  retryDelay,
  slotsAtOnce,
  spacingOf,
  TOLERANCE,
} from '../../../lambdas/domain/mailing/send-rate.ts';

describe('the places in the send rate', () => {
  it.each([1, 14, 50, 500])('are 95 in a hundred of %i a second', (rate) => {
    const perSecond = (1_000 * MICROSECONDS) / spacingOf(rate);

    expect(perSecond).toBeLessThanOrEqual(0.95 * rate);
    expect(perSecond).toBeGreaterThan(0.949 * rate);
  });

  it.each([
    [14.5, 14],
    [14.999, 14],
    [1.9, 1],
  ])('are those of whole emails a second where the rate has a fraction: of %d, %i', (rate, whole) => {
    expect(spacingOf(rate)).toBe(spacingOf(whole));
  });

  it('are further apart than a second below one email a second', () => {
    expect([0.5, 0.1].map(spacingOf)).toEqual([2_105_264, 10_526_316]);
  });

  it('are whole microseconds apart at any rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10_000, noNaN: true }), (rate) => {
        expect(Number.isSafeInteger(spacingOf(rate)) && spacingOf(rate) > 0).toBe(true);
      }),
    );
  });

  it.each([
    [0.5, 1],
    [1, 1],
    [5, 4],
    [14, 13],
    [500, 474],
  ])('are taken a second’s worth at a time for campaigns: at %d a second, %i', (rate, places) => {
    expect(slotsAtOnce(spacingOf(rate))).toBe(places);
  });

  it('are so far apart that no second holds more than the rate, whoever is late within the tolerance', () => {
    const late = fc.double({ min: 0, max: TOLERANCE, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(late, { minLength: 150, maxLength: 150 }),
        (rate, delays) => {
          const times = delays
            .map((delay, index) => (index * spacingOf(rate)) / MICROSECONDS + delay)
            .toSorted((a, b) => a - b);

          for (const [index, time] of times.entries()) {
            expect(times.slice(index).filter((other) => other < time + 1_000).length).toBeLessThanOrEqual(rate);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the part of the quota that is kept for single messages', () => {
  it.each([
    [50_000, 5, 2_500],
    [200, 5, 10],
    [10, 5, 1],
    [200, 0, 0],
    [Number.POSITIVE_INFINITY, 5, 0],
  ])('is, of %d emails and %i percent, %i emails', (quota, percent, emails) => {
    expect(keptForMessages(quota, percent)).toBe(emails);
  });
});

describe('what finds no room', () => {
  it('waits longer each time, up to ten minutes', () => {
    expect([0, 1, 2, 3, 6, 9, 1_000].map((attempt) => retryDelay(attempt, 1))).toEqual([10, 20, 40, 80, 600, 600, 600]);
    expect([0, 1, 2, 3, 6, 9].map((attempt) => retryDelay(attempt, 0))).toEqual([5, 10, 20, 40, 300, 300]);
  });

  it('waits whole seconds, of which SQS takes up to 900', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
        const delay = retryDelay(attempt, chance);

        expect(Number.isInteger(delay) && delay >= 1 && delay <= 900).toBe(true);
      }),
    );
  });
});
