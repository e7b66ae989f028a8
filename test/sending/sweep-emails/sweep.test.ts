import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import { stalledEmails, WAKE_SHARDS } from '../../../lambdas/store/emails/stalled-emails.ts';
import { engines } from '../../support/engine.ts';
import { silent } from '../../support/silent.ts';
import { type Accepting, later, NOW, startAccepting } from '../accept-mail/set-up.ts';
import { queues } from '../advance-campaigns/set-up.ts';
import { aRow } from './stalled.ts';
import { sweeping } from './sweeping.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOMENTS = ['before it was taken', 'after it was taken'] as const;

describe.each(engines())('emails whose time has come, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  let sqs: ReturnType<typeof queues>;
  let quiet: ReturnType<typeof silent>;
  let store: ReturnType<typeof stalledEmails>;
  const prepare = async () => {
    accepting = await startAccepting(endpoint);
    sqs = queues();
    quiet = silent();
    store = stalledEmails(accepting.documents, accepting.tables.emailStatus);
  };
  beforeEach(prepare);
  afterEach(() => accepting.drop());

  const sweep = (timeLeft = () => 240_000, emails = store) =>
    sweeping(accepting, sqs, quiet).sweep(timeLeft, { emails });
  const row = async (id: string) => (await accepting.emails()).find(({ messageId }) => messageId === id);
  const queued = () => sqs.emails.map(({ messageId }) => messageId).sort();

  it('fail if it is unknown whether they were sent, can be sent again, and are not sent again automatically', async () => {
    await accepting.put(aRow('m1', 'sending', { wakeAt: 0 }));
    await accepting.put(aRow('m2', 'sending', { wakeAt: 1 }));
    await sweep();

    const failed = await row('m1');
    expect(failed).toMatchObject({ status: 'failed_sending', rank: 79, reason: 'outcome unknown', statusAt: NOW });
    expect(failed).toMatchObject({ values: { name: 'Ann' } });
    expect(Object.keys(failed)).not.toEqual(expect.arrayContaining(['wakeAt', 'wakeShard']));
    expect([(await row('m2'))?.status, sqs.emails]).toEqual(['sending', []]);
    expect(vi.mocked(quiet.metrics.addMetric).mock.calls).toEqual([['unknown', 'Count', 1]]);
    expect(JSON.stringify(quiet.said)).not.toContain('example.com');

    await sweep();
    expect(vi.mocked(quiet.metrics.addMetric).mock.calls).toHaveLength(1);
  });

  it('are counted for the alarm although the check of others failed, which is retried', async () => {
    await accepting.put(aRow('m1', 'sending', { wakeAt: 0 }));
    const lane = Number((await row('m1')).wakeShard);
    const due: typeof store.due = (other, now) => {
      if (other === lane) return store.due(other, now);
      throw new Error('a lane is broken');
    };

    await expect(sweep(undefined, { ...store, due })).rejects.toThrow('a lane is broken');

    expect(await row('m1')).toMatchObject({ status: 'failed_sending' });
    expect(vi.mocked(quiet.metrics.addMetric).mock.calls).toEqual([['unknown', 'Count', 1]]);
  });

  it('keep a status that SES reported first, and are not checked again', async () => {
    await accepting.put(aRow('m1', 'delivered', { wakeAt: -MINUTE, rank: 200 }));
    await sweep();

    const told = await row('m1');
    expect(told).toMatchObject({ status: 'delivered', rank: 200 });
    for (const gone of ['wakeAt', 'wakeShard', 'values']) expect(told).not.toHaveProperty(gone);
    expect(quiet.metrics.addMetric).not.toHaveBeenCalled();
  });

  it.each<[string, Status, number]>([
    ['SES’s Send event', 'sent', -MINUTE],
    ['a worker that claimed it again', 'sending', 15 * MINUTE],
    ['a worker that let it wait', 'queued', -MINUTE],
  ])('are left alone if there is %s in between', async (_, status, wakeAt) => {
    await accepting.put(aRow('m1', 'sending', { wakeAt: -MINUTE }));
    const between = aRow('m1', status, { wakeAt });
    await sweep(undefined, {
      ...store,
      giveUp: async (...given) => {
        await accepting.put(between);
        return store.giveUp(...given);
      },
    });

    expect(await row('m1')).toMatchObject({ status, wakeAt: between.wakeAt });
    expect(quiet.metrics.addMetric).not.toHaveBeenCalled();
  });

  it('are queued again if they wait for quota, and checked again after 15 minutes', async () => {
    await accepting.put(aRow('m1', 'depleted', { wakeAt: 0, depletedSince: later(-DAY + 1) }));
    await accepting.put(
      aRow('m2', 'depleted', { wakeAt: 0, depletedSince: NOW, campaignId: undefined, campaignShard: undefined }),
    );
    await sweep();

    expect(sqs.emails.toSorted((one, other) => (one.messageId < other.messageId ? -1 : 1))).toEqual([
      { mailingId: 'october', messageId: 'm1' },
      { mailingId: '~m2', messageId: 'm2' },
    ]);
    for (const id of ['m1', 'm2']) {
      expect(await row(id)).toMatchObject({
        status: 'depleted',
        wakeAt: later(15 * MINUTE),
        statusAt: expect.any(String),
      });
    }
    await sweep();
    expect(sqs.emails).toHaveLength(2);
  });

  it('expire if they have waited for quota for a day', async () => {
    await accepting.put(aRow('m1', 'depleted', { wakeAt: 0, depletedSince: later(-DAY) }));
    await sweep();

    const expired = await row('m1');
    expect(expired).toMatchObject({
      status: 'expired',
      rank: 75,
      statusAt: NOW,
      reason: expect.stringMatching(/quota/),
    });
    expect(Object.keys(expired)).not.toEqual(expect.arrayContaining(['values', 'wakeAt', 'depletedSince']));
    expect(sqs.emails).toEqual([]);
  });

  it('are queued once if they were requested again and their message may be lost', async () => {
    await accepting.put(aRow('m1', 'queued', { wakeAt: 0 }));
    await accepting.put(aRow('m2', 'throttled', { wakeAt: 0 }));
    for (const _ of [1, 2]) await sweep();

    expect(queued()).toEqual(['m1', 'm2']);
    expect(await row('m1')).toMatchObject({ status: 'queued' });
    expect(await row('m1')).not.toHaveProperty('wakeAt');
  });

  it('are left to a newer version if this one does not define their status', async () => {
    await accepting.put({ ...aRow('m1', 'queued', { wakeAt: 0 }), status: 'from_the_future' });
    await sweep();

    expect([sqs.emails, await row('m1')]).toMatchObject([[], { status: 'from_the_future', wakeAt: NOW }]);
  });

  it('are found in any number, by as many sweeps as it takes', async () => {
    const ids = Array.from({ length: 1_200 }, (_, n) => `m${n}`);
    for (const id of ids) await accepting.put(aRow(id, 'depleted', { wakeAt: 0, depletedSince: NOW }));
    await sweep(() => 0);
    // A page of a hundred of each shard.
    expect(sqs.emails).toHaveLength(WAKE_SHARDS * 100);
    const before = accepting.requests.length;
    await sweep();

    expect(queued()).toEqual(ids.toSorted());
    expect(accepting.requests.length - before).toBeLessThanOrEqual(400 + 4 * WAKE_SHARDS);
    await sweep();
    expect(sqs.emails).toHaveLength(1_200);
  }, 60_000);

  it('are not lost and not counted wrongly, whichever request failed', async () => {
    const run = async (fault: () => void = () => {}) => {
      await accepting.drop();
      await prepare();
      await accepting.put(aRow('m1', 'sending', { wakeAt: 0 }));
      await accepting.put(aRow('m2', 'depleted', { wakeAt: 0, depletedSince: later(-DAY) }));
      await accepting.put(aRow('m3', 'depleted', { wakeAt: 0, depletedSince: NOW }));
      await accepting.put(aRow('m4', 'queued', { wakeAt: 0 }));
      const before = accepting.requests.length;
      fault();
      const whole = await sweep().then(
        () => true,
        () => false,
      );
      const [asked, called] = [accepting.requests.length - before, sqs.calls.length];
      accepting.failing(undefined);
      sqs.turn.fault = undefined;
      accepting.clock.now = later(16 * MINUTE);
      await sweep();
      const emails = await accepting.emails();
      return {
        ...{ whole, asked, called },
        statuses: emails.map(({ messageId, status }) => `${messageId} ${status}`).sort(),
      };
    };
    const whole = await run();
    const statuses = ['m1 failed_sending', 'm2 expired', 'm3 depleted', 'm4 queued'];
    expect([whole.whole, whole.statuses]).toEqual([true, statuses]);
    expect(new Set(queued())).toEqual(new Set(['m3', 'm4']));

    const faults = MOMENTS.flatMap((moment) => [
      ...Array.from({ length: whole.asked }, (_, n) => () => accepting.failing(n, moment)),
      ...Array.from({ length: whole.called }, (_, n) => () => {
        sqs.turn.fault = { at: n, moment };
      }),
    ]);
    expect(faults.length).toBeGreaterThan(20);
    for (const fault of faults) {
      const broken = await run(fault);

      expect([broken.whole, broken.statuses]).toEqual([false, statuses]);
      expect(new Set(queued())).toEqual(new Set(['m3', 'm4']));
    }
  }, 120_000);
});
