import { describe, expect, it } from 'vitest';
import { later, latestCredible, readTime } from '../../../lambdas/domain/values/time.ts';

describe('a time of SES', () => {
  it.each([
    ['2026-11-24T10:00:03.120Z', '2026-11-24T10:00:03.120Z'],
    ['2026-11-24T10:00:03Z', '2026-11-24T10:00:03.000Z'],
    ['2018-10-08T14:05:45 +0000', '2018-10-08T14:05:45.000Z'],
    ['2018-10-08T14:05:45.1-07:00', '2018-10-08T21:05:45.100Z'],
    ['2018-10-08T00:30:00.000+05:30', '2018-10-07T19:00:00.000Z'],
    ['2026-11-24T10:00:03.1239Z', '2026-11-24T10:00:03.123Z'],
    ['2026-11-24T10:00:03.9999Z', '2026-11-24T10:00:03.999Z'],
    ['2026-11-24T10:00:03+07', '2026-11-24T03:00:03.000Z'],
    ['2026-11-24T10:00:03-0130', '2026-11-24T11:30:03.000Z'],
    ['  2026-11-24T10:00:03z ', '2026-11-24T10:00:03.000Z'],
    ['2024-02-29T00:00:00.000Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s: in UTC, the fraction cut and not rounded', (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each([
    undefined,
    null,
    5,
    '',
    'yesterday',
    '2026-11-24',
    '2026-11-24T10:00:03',
    '2026-02-30T10:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24T10:00:60Z',
    '2026-11-24T10:00:03+25:00',
    'x2026-11-24T10:00:03Z',
    '2026-11-24T10:00:03+07:',
    '9999-12-31T23:59:59-23:00',
    '2026-11-24T10:00:03Z, or so',
    // What becomes a time only as a text.
    ['2026-11-24T10:00:03Z'],
    { toString: () => '2026-11-24T10:00:03Z' },
  ])('%j is none', (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});

describe('another time', () => {
  it('is so many milliseconds later, or earlier', () => {
    expect(later('2026-11-24T23:59:59.999Z', 1)).toBe('2026-11-25T00:00:00.000Z');
    expect(later('2026-11-24T00:00:00.000Z', -1)).toBe('2026-11-23T23:59:59.999Z');
  });

  it('of something that has happened is later than the clock by five minutes at most', () => {
    expect(latestCredible('2026-11-24T10:00:00.000Z')).toBe('2026-11-24T10:05:00.000Z');
  });
});
