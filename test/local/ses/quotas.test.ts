import { GetAccountCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSendingLimits } from '../../../local/ses/sending-limits.ts';
import type { SesSettings } from '../../../local/ses/settings.ts';
import { startSes, to } from './ses-server.ts';

const START = Date.parse('2026-11-25T10:00:00.000Z');

const start = async (settings: Partial<SesSettings>) => {
  const time = { now: START };
  const ses = await startSes({ settings, clock: () => time.now });
  onTestFinished(ses.stop);
  const taken = async (count: number) => {
    const answers = await Promise.allSettled(
      Array.from({ length: count }, (_, index) => ses.send(to(`p${index}@example.com`))),
    );
    return answers.filter(({ status }) => status === 'fulfilled').length;
  };
  return { ...ses, time, taken };
};

describe('the rate', () => {
  it('applies to any span of a second, not to seconds of the clock', async () => {
    const { time, taken } = await start({ maxSendRate: 3 });
    time.now += 900;
    expect(await taken(5)).toBe(3);
    time.now += 200;
    expect(await taken(1)).toBe(0);
    time.now += 799;
    expect(await taken(1)).toBe(0);
    time.now += 1;
    expect(await taken(5)).toBe(3);
  });

  it('is reported in SES’s wording, and the email is not accepted', async () => {
    const { send, ses } = await start({ maxSendRate: 1 });
    await send();

    await expect(send()).rejects.toThrow(TooManyRequestsException);
    await expect(send()).rejects.toMatchObject({
      message: 'Maximum sending rate exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
    expect(ses.mailbox()).toHaveLength(1);
  });

  it('counts recipients, and accepts an email to several if there is capacity for one', async () => {
    const { send, time, taken } = await start({ maxSendRate: 2 });
    await send(to('a@example.com', 'b@example.com', 'c@example.com'));
    expect(await taken(1)).toBe(0);
    time.now += 1_000;
    expect(await taken(3)).toBe(2);
  });

  it('may be one in several seconds', async () => {
    const { time, taken } = await start({ maxSendRate: 0.5 });
    expect(await taken(2)).toBe(1);
    time.now += 1_999;
    expect(await taken(1)).toBe(0);
    time.now += 1;
    expect(await taken(2)).toBe(1);
  });

  it('is never exceeded in any second, and reached if enough is sent', () => {
    // Many sends close together: most of them around the edge of a second.
    const steps = fc.array(fc.constantFrom(0, 0, 0, 1, 250, 333, 500, 999, 1_000), { minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (pauses, rate) => {
        const limits = createSendingLimits();
        const times: number[] = [];
        let now = START;
        for (const pause of pauses) {
          now += pause;
          const before = times.filter((time) => time > now - 1_000).length;
          const isTaken = takes(() => limits.take(now, 1, 1, { maxSendRate: rate, max24HourSend: -1 }));
          expect(isTaken).toBe(before < rate);
          if (isTaken) times.push(now);
        }
        const busiest = Math.max(
          ...times.map((end) => times.filter((time) => time > end - 1_000 && time <= end).length),
        );
        expect(limits.busiestSecond()).toBe(busiest);
      }),
    );
  });
});

const takes = (take: () => void): boolean => {
  try {
    take();
    return true;
  } catch {
    return false;
  }
};

describe('the day’s quota', () => {
  it('limits sending, and is available again 24 hours after use', async () => {
    const { send, time, taken } = await start({ max24HourSend: 3 });
    expect(await taken(2)).toBe(2);
    time.now += 3_600_000;
    expect(await taken(2)).toBe(1);
    await expect(send()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Daily message quota exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
    time.now += 23 * 3_600_000;
    expect(await taken(3)).toBe(2);
  });

  it('is not used by the mailbox simulator, and does not stop mail to it', async () => {
    const { send, taken } = await start({ max24HourSend: 1 });
    await send(to('success@simulator.amazonses.com'));
    expect(await taken(1)).toBe(1);
    await send(to('success@simulator.amazonses.com'));
  });

  it('is unlimited at -1', async () => {
    const { taken } = await start({ max24HourSend: -1 });
    expect(await taken(5)).toBe(5);
  });

  it('and the rate are returned by GetAccount', async () => {
    const { client, taken } = await start({ max24HourSend: 200, maxSendRate: 14 });
    await taken(2);

    expect(await client.send(new GetAccountCommand({}))).toMatchObject({
      SendQuota: { Max24HourSend: 200, MaxSendRate: 14, SentLast24Hours: 2 },
    });
  });
});

describe('an account', () => {
  it.each([
    ['paused', 'SendingPausedException', 'HEALTHY'],
    ['suspended', 'AccountSuspendedException', 'SHUTDOWN'],
  ] as const)('that is %s sends nothing, and GetAccount shows it', async (account, error, EnforcementStatus) => {
    const { client, send, ses } = await start({ account });

    await expect(send()).rejects.toMatchObject({ name: error, $metadata: { httpStatusCode: 400 } });
    expect(ses.mailbox()).toEqual([]);
    const shown = await client.send(new GetAccountCommand({}));
    expect(shown).toMatchObject({ SendingEnabled: false, EnforcementStatus });
  });
});
