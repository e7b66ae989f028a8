import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engines } from '../../support/engine.ts';
import { later, NOW, named } from '../accept-mail/set-up.ts';
import { CHECK, type Recovering, startRecovering } from './recovering.ts';

const DAY = 86_400_000;
const MOMENTS = ['before it was taken', 'after it was taken'] as const;
const EVERYBODY = ['ann@example.com', 'bo@example.com', 'cy@example.com'];

describe.each(engines())('emails of a campaign whose queue messages are lost, on $name', ({ endpoint }) => {
  let on: Recovering;
  beforeEach(async () => {
    on = await startRecovering(endpoint);
  });
  afterEach(() => on.drop());

  it('are queued again if nothing changed for twenty minutes, once in twenty minutes', async () => {
    await on.begin();
    on.purge();
    on.at(CHECK - 1);
    await on.sweep();
    expect(on.to.emails).toEqual([]);

    on.at(CHECK);
    for (const _ of [1, 2]) await on.sweep();
    expect(await on.queued()).toEqual(EVERYBODY);
    expect(on.to.emails[0]).toEqual({ mailingId: 'october', messageId: expect.any(String) });

    on.purge();
    on.at(2 * CHECK);
    await on.sweep();
    expect(await on.queued()).toEqual(EVERYBODY);
    expect(JSON.stringify(on.quiet.said)).not.toContain('example.com');
  });

  it('are queued again after growing intervals if they are lost or fail each time, and soon once none was', async () => {
    await on.begin();
    const found: number[] = [];
    for (let checks = 1; checks <= 16; checks++) {
      on.purge();
      on.at(checks * CHECK);
      await on.sweep();
      if (on.to.emails.length > 0) found.push(checks);
    }
    expect(found).toEqual([1, 2, 4, 8, 16]);

    await on.become('throttled', { statusAt: later(32 * CHECK) });
    on.at(32 * CHECK);
    await on.sweep();
    on.purge();
    on.at(33 * CHECK);
    await on.sweep();
    expect(await on.queued()).toEqual(EVERYBODY);
  });

  it.each(['queued', 'throttled'] as const)(
    'are queued again if they are %s, and not soon after that status was set',
    async (status) => {
      await on.begin();
      await on.become(status, { statusAt: later(1) });
      on.purge();
      on.at(CHECK);
      await on.sweep();
      expect(on.to.emails).toEqual([]);

      on.at(2 * CHECK);
      await on.sweep();
      expect(await on.queued()).toEqual(EVERYBODY);
    },
  );

  it('are left alone while the queue holds more than 1,000 messages, which may include theirs', async () => {
    await on.begin();
    on.purge();
    on.lengths.campaigns = 1_001;
    on.at(CHECK);
    await on.sweep();
    expect(on.to.emails).toEqual([]);

    on.lengths.campaigns = 1_000;
    on.at(2 * CHECK);
    await on.sweep();
    expect(await on.queued()).toEqual(EVERYBODY);
  });

  it('are left alone if SQS does not return the length of the queue', async () => {
    await on.begin();
    on.purge();
    on.lengths.campaigns = Number.NaN;
    on.at(CHECK);
    await on.sweep();

    expect(on.to.emails).toEqual([]);
  });

  it('fail as unknown if they were being sent and have no time on their row, however long the queue is', async () => {
    await on.begin();
    await on.become('sending');
    on.purge();
    on.lengths.campaigns = 100_000;
    on.at(CHECK);
    await on.sweep();

    for (const row of await on.emails())
      expect(row).toMatchObject({ status: 'failed_sending', reason: 'outcome unknown', statusAt: later(CHECK) });
    expect(on.to.emails).toEqual([]);
    expect(vi.mocked(on.quiet.metrics.addMetric).mock.calls).toEqual([['unknown', 'Count', 3]]);
  });

  it('are left to the worker that claimed them a moment ago', async () => {
    await on.begin();
    await on.become('sending', { statusAt: later(CHECK), wakeAt: later(CHECK + 900_000), wakeShard: '0' });
    on.at(CHECK);
    await on.sweep();

    expect((await on.emails()).map(({ status }) => status)).toEqual(['sending', 'sending', 'sending']);
  });

  it('still wait for quota if they have no time on their row, and expire after a day', async () => {
    await on.begin();
    await on.become('depleted', { depletedSince: NOW });
    on.purge();
    on.lengths.campaigns = 100_000;
    on.at(CHECK);
    await on.sweep();
    expect(await on.queued()).toEqual(EVERYBODY);
    for (const row of await on.emails())
      expect(row).toMatchObject({ status: 'depleted', wakeAt: later(CHECK + 900_000), wakeShard: expect.any(String) });

    await on.become('depleted', { depletedSince: NOW });
    on.at(DAY);
    await on.sweep();
    for (const row of await on.emails()) expect(row).toMatchObject({ status: 'expired' });
  });

  it('are queued again if the campaign is over too: the sender writes the final status', async () => {
    await on.begin();
    await on.accepting.decide('october', 'cancel');
    on.purge();
    on.at(CHECK);
    await on.sweep();

    expect(await on.queued()).toEqual(EVERYBODY);
  });

  it('are queued again in any number, by as many sweeps as it takes, and none of them twice', async () => {
    await on.begin(named(...Array.from({ length: 1_000 }, (_, n) => `m${n}@example.com`)));
    on.purge();
    on.at(CHECK);
    let sweeps = 0;
    for (let before = -1; before < on.to.emails.length; sweeps++) {
      before = on.to.emails.length;
      let asked = 0;
      await on.sweep(() => (++asked % 20 === 0 ? 0 : 240_000));
    }

    expect(new Set(on.to.emails.map(({ messageId }) => messageId)).size).toBe(1_000);
    expect(on.to.emails).toHaveLength(1_000);
    expect(sweeps).toBeGreaterThan(2);
  }, 60_000);

  it('are all queued again, whichever request of the sweep failed', async () => {
    const run = async (fault: () => void = () => {}) => {
      await on.drop();
      on = await startRecovering(endpoint);
      await on.begin();
      on.purge();
      on.at(CHECK);
      const [before, calls] = [on.accepting.requests.length, on.to.calls.length];
      fault();
      const whole = await on.sweep().then(
        () => true,
        () => false,
      );
      const [asked, called] = [on.accepting.requests.length - before, on.to.calls.length - calls];
      on.accepting.failing(undefined);
      on.to.turn.fault = undefined;
      on.at(2 * CHECK);
      if (!whole) await on.sweep();
      return { whole, asked, called, queued: [...new Set(await on.queued())], unfinished: await on.unfinished() };
    };
    const whole = await run();
    expect(whole).toMatchObject({ whole: true, queued: EVERYBODY, unfinished: ['october'] });
    const faults = MOMENTS.flatMap((moment) => [
      ...Array.from({ length: whole.asked }, (_, n) => () => on.accepting.failing(n, moment)),
      ...Array.from({ length: whole.called }, (_, n) => () => {
        on.to.turn.fault = { at: on.to.calls.length + n, moment };
      }),
    ]);
    for (const fault of faults)
      expect(await run(fault)).toMatchObject({ whole: false, queued: EVERYBODY, unfinished: ['october'] });
  }, 240_000);
});
