import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendWorkers } from '../../../lib/settings/send-workers.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';
import { mostInASecond, simulateWorkers } from './simulated-workers.ts';

/** On the first engine; the others, of which one is slow, run it with fewer. */
const runs = engines().map((engine, index) => ({ ...engine, long: index === 0 ? 800 : 500 }));

describe.each(runs)('the rate at which workers send together, on $name', ({ endpoint, long }) => {
  let on: TestedSender;
  let email = 0;

  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  afterAll(() => on.drop());

  /**
   * Sends `count` emails with this many workers, and returns the times, by SES's clock, at which it accepted and
   * rejected emails.
   */
  const send = async (maxSendRate: number, workers: number, count: number, standsStill = () => false) => {
    const simulated = simulateWorkers(on, { maxSendRate, standsStill, start: Date.parse(NOW) + email * 3_600_000 });
    for (const queued of await on.acceptMany(count, `email-${email++}`)) simulated.put(queued);
    await simulated.run({ campaigns: workers, messages: 0 }, () => simulated.taken.length >= count);
    const { taken, refused } = simulated;
    return { taken: taken.map(({ at }) => at).toSorted((one, other) => one - other), refused };
  };

  it.each([
    ['a new account, 1 a second', 1, sendWorkers(1), 15],
    ['a new account with a fraction, 2.9 a second', 2.9, sendWorkers(2.9), 30],
    ['the usual 14 a second', 14, sendWorkers(14), 100],
    ['14 a second, and more workers than that needs', 14, 8, 100],
    ['90 a second', 90, sendWorkers(90), 200],
    ['200 a second', 200, sendWorkers(200), long],
    ['500 a second', 500, sendWorkers(500), long],
  ])(
    'is never above the account’s limit, and at least nine tenths of it: %s',
    async (_, maxSendRate, workers, count) => {
      const { taken, refused } = await send(maxSendRate, workers, count);

      const most = mostInASecond(taken);
      const seconds = ((taken.at(-1) ?? 0) - (taken[0] ?? 0)) / 1_000;
      const rate = (taken.length - 1) / seconds;
      console.log(`${maxSendRate} a second, ${workers} workers: ${rate.toFixed(2)} a second, at most ${most} in one`);
      expect([taken.length, refused]).toEqual([count, []]);
      expect(most).toBeLessThanOrEqual(maxSendRate);
      expect(rate).toBeGreaterThan(0.9 * Math.floor(maxSendRate));
    },
    240_000,
  );

  it('is not exceeded after a worker paused: an email that missed its slot takes another one', async () => {
    let calls = 0;

    const { taken, refused } = await send(14, 2, 60, () => [60, 130].includes(++calls));

    expect([taken.length, refused]).toEqual([60, []]);
    expect(mostInASecond(taken)).toBeLessThanOrEqual(14);
  });
});
