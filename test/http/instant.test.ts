import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstant } from '../../lambdas/http/instant.ts';

describe('a time in a parameter', () => {
  it.each([
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00.000Z'],
    ['2026-11-24T10:00:00.5-01:30', '2026-11-24T11:30:00.500Z'],
    ['2026-11-24T10:00:00.123000Z', '2026-11-24T10:00:00.123Z'],
    ['2026-11-24T10:00:00.123001Z', '2026-11-24T10:00:00.124Z'],
    ['2026-12-31T23:59:59.999999+00:00', '2027-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, time) => {
    expect(readInstant(text)).toBe(time);
  });

  it.each([
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    ' 2026-11-24T10:00:00Z',
    '2026-11-24T10:00:00 +0000',
  ])('%j is invalid', (text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  it('is unchanged when it is read again', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(readInstant(date.toISOString())).toBe(date.toISOString());
        },
      ),
    );
  });
});
