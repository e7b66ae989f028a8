import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsTime, remoteTime } from '../../../lambdas/domain/ses-events/event-time.ts';
import type { Message } from '../../../lambdas/domain/ses-events/mail.ts';

const ACCEPTED = '2026-11-24T10:00:01.000Z';
const ARRIVED = '2026-11-24T10:00:09.000Z';
const message = (acceptedAt?: string): Message => ({
  messageId: 'm',
  sesMessageId: 'm',
  destinations: [],
  ...(acceptedAt !== undefined && { acceptedAt }),
});
const remote = (timestamp: unknown, acceptedAt: string | undefined = ACCEPTED) =>
  remoteTime(timestamp, message(acceptedAt), ARRIVED);

describe('the time that a remote server wrote', () => {
  it('is the fact’s where AWS’s clocks allow it', () => {
    expect(remote('2026-11-24T10:00:04.000Z')).toEqual({ at: '2026-11-24T10:00:04.000Z' });
    expect(remote(ACCEPTED)).toEqual({ at: ACCEPTED });
    expect(remote(ARRIVED)).toEqual({ at: ARRIVED });
  });

  it('is held to the arrival where it is later, and kept beside it', () => {
    expect(remote('2036-11-24T10:00:04.000Z')).toEqual({ at: ARRIVED, said: '2036-11-24T10:00:04.000Z' });
  });

  it('is held to when SES accepted the message where it is earlier, and kept beside it', () => {
    expect(remote('1970-01-01T00:00:00Z')).toEqual({ at: ACCEPTED, said: '1970-01-01T00:00:00.000Z' });
  });

  it('is held to the arrival alone where SES’s own time is missing', () => {
    expect(remoteTime('2036-01-01T00:00:00Z', message(), ARRIVED)).toEqual({
      at: ARRIVED,
      said: '2036-01-01T00:00:00.000Z',
    });
    expect(remoteTime('2020-01-01T00:00:00Z', message(), ARRIVED)).toEqual({ at: '2020-01-01T00:00:00.000Z' });
  });

  it.each([['yesterday'], [undefined], [7]])('%s that cannot be read is SES’s own, else the arrival', (timestamp) => {
    expect(remote(timestamp)).toEqual({ at: ACCEPTED });
    expect(remoteTime(timestamp, message(), ARRIVED)).toEqual({ at: ARRIVED });
  });

  it('never lies outside of what AWS’s clocks allow, and says so wherever it would', () => {
    const aTime = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(aTime, (timestamp) => {
        const { at, said } = remote(timestamp);

        expect(at >= ACCEPTED && at <= ARRIVED).toBe(true);
        expect(said ?? at).toBe(timestamp);
      }),
    );
  });
});

describe('the time that AWS wrote', () => {
  it('is the fact’s, else when SES accepted the message, else the arrival', () => {
    expect(awsTime('2027-01-01T00:00:00Z', message(ACCEPTED), ARRIVED)).toBe('2027-01-01T00:00:00.000Z');
    expect(awsTime('no time', message(ACCEPTED), ARRIVED)).toBe(ACCEPTED);
    expect(awsTime(undefined, message(), ARRIVED)).toBe(ARRIVED);
  });
});
