import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingEmails } from '../../lambdas/store/outgoing-emails.ts';
import type { SendOnce } from '../../lambdas/store/ses-sending.ts';
import { createDraw } from '../../local/ses/chance.ts';
import { createSendingLimits } from '../../local/ses/sending-limits.ts';
import { engines } from '../support/engine.ts';
import { ACCOUNT, mailing, NOW, senderOn, type TestedSender } from './sender.ts';
import { virtualClock } from './virtual-clock.ts';

/** Milliseconds an email takes to SES, at most: it comes late by up to so much, and no two alike. */
const WAY = 25;

describe.each(engines())('the rate at which workers send together, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let email = 0;
  const { number: draw } = createDraw('rate');
  let drawn = 0;
  const chance = () => draw(drawn++);

  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  afterAll(() => on.drop());

  /** Sends `count` emails with so many workers, and gives the times at which SES took them, by its clock, and refused. */
  const send = async (maxSendRate: number, workers: number, count: number, standsStill = () => false) => {
    const clock = virtualClock(Date.parse(NOW) + email * 3_600_000);
    const limits = createSendingLimits();
    const [taken, refused]: [number[], number[]] = [[], []];
    const reach: SendOnce = async () => {
      await clock.sleep(chance() * WAY);
      const now = clock.now();
      try {
        limits.take(now, 1, 1, { maxSendRate, max24HourSend: -1 });
        taken.push(now);
      } catch {
        refused.push(now);
        return { is: 'throttled' };
      }
      await clock.sleep(30 + chance() * 100);
      return { is: 'sent', sesMessageId: `ses-${now}` };
    };
    const queue = await Promise.all(
      Array.from({ length: count }, () => on.accept('ann@example.com', { messageId: `email-${email++}` })),
    );
    const { emails, allowance } = on.dependencies;
    let frozenUntil = 0;
    const database = () => {
      if (standsStill()) frozenUntil = clock.now() + 1_200;
      return Math.max(frozenUntil - clock.now(), 3 + chance() * 15);
    };
    const own = {
      emails: Object.fromEntries(
        Object.entries(emails).map(([name, call]) => [name, clock.taking(call as never, database)]),
      ) as OutgoingEmails,
      allowance: { take: clock.taking(allowance.take, database) },
      mailings: { ...on.kept, read: clock.taking(on.kept.read, database) },
      suppressions: { get: clock.taking(on.suppressions.get, database) },
      contents: clock.taking(on.dependencies.contents, () => 0),
      queue: { putBack: async ({ email }: { email: (typeof queue)[number] }) => void queue.push(email) },
      account: async () => ({ ...ACCOUNT, maxSendRate }),
      ...{ clock, send: reach, chance },
    };
    const work = async () => {
      for (let batch = queue.splice(0, 10); batch.length > 0; batch = queue.splice(0, 10)) {
        await on.work(batch, own);
        await clock.sleep(5 + chance() * 20);
      }
    };
    await clock.passUntil(Promise.all(Array.from({ length: workers }, work)));
    return { taken: taken.toSorted((one, other) => one - other), refused };
  };

  it.each([
    ['a new account, 1 a second', 1, 2, 12],
    ['the usual 14 a second', 14, 2, 60],
    ['14 a second, and more workers than that needs', 14, 5, 60],
    ['90 a second', 90, 5, 180],
  ])('is never above what the account may, and near it: %s', async (_, maxSendRate, workers, count) => {
    const { taken, refused } = await send(maxSendRate, workers, count);

    const most = mostInASecond(taken);
    const seconds = ((taken.at(-1) ?? 0) - (taken[0] ?? 0)) / 1_000;
    const rate = (taken.length - 1) / seconds;
    console.log(`${maxSendRate} a second, ${workers} workers: ${rate.toFixed(2)} a second, at most ${most} in one`);
    expect([taken.length, refused]).toEqual([count, []]);
    expect(most).toBeLessThanOrEqual(maxSendRate);
    expect(rate).toBeGreaterThan(0.8 * maxSendRate);
  });

  it('is not made up for by who stood still: what missed its place takes another', async () => {
    let calls = 0;

    const { taken, refused } = await send(14, 2, 60, () => [60, 130].includes(++calls));

    expect([taken.length, refused]).toEqual([60, []]);
    expect(mostInASecond(taken)).toBeLessThanOrEqual(14);
  });
});

/** In whichever second. */
const mostInASecond = (times: readonly number[]): number =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
