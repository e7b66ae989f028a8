import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNFINISHED } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { later, NOW } from '../accept-mail/set-up.ts';
import { CHECK, PEOPLE, type Recovering, startRecovering } from './recovering.ts';

const HOUR = 3_600_000;
const CONTINUE = { campaignId: 'october', why: 'continue' };

describe.each(engines())('a campaign whose step is lost, on $name', ({ endpoint }) => {
  let on: Recovering;
  beforeEach(async () => {
    on = await startRecovering(endpoint);
  });
  afterEach(() => on.drop());

  const steps = () => on.to.steps.map(({ step }) => step);
  const stateOf = async () => (await on.accepting.parts()).plan.state;
  /** Sweeps when a check is due, and runs the step that it queues. */
  const recover = async (at = CHECK) => {
    on.purge();
    on.at(at);
    for (const _ of [1, 2]) await on.sweep();
    const found = steps();
    for (const step of found) await on.to.runOn(step);
    return found;
  };

  it('is started if it was to start at once', async () => {
    await on.accepting.send({ recipients: PEOPLE });

    expect(await recover()).toEqual([CONTINUE]);
    expect(on.to.emails).toHaveLength(3);
  });

  it('is started at its time if no schedule was invoked, and not before', async () => {
    await on.accepting.send({ recipients: PEOPLE, sendAt: later(HOUR) });
    expect(await recover(HOUR - 1)).toEqual([]);

    expect(await recover(HOUR + CHECK)).toEqual([CONTINUE]);
    expect([await stateOf(), on.to.emails.length]).toEqual(['started', 3]);
  });

  it('is started if it was approved, and not while it waits for approval', async () => {
    await on.accepting.send({ recipients: PEOPLE, needsApproval: true });
    expect(await recover()).toEqual([]);

    await on.accepting.decide('october', 'approve');
    expect(await recover(2 * CHECK)).toEqual([CONTINUE]);
    expect(on.to.emails).toHaveLength(3);
  });

  it('is not started while one of its requests is not complete', async () => {
    await on.accepting.send({ recipients: PEOPLE, sendAt: later(1) });
    const { plan } = await on.accepting.parts();
    await on.putMailing({ ...plan, openCalls: new Set(['k9.c']) });

    expect(await recover()).toEqual([]);
  });

  it('is queued completely if pages are left', async () => {
    await on.begin();
    await on.to.putPages('october', [['m1'], ['m2']], 'k9.c');

    expect(await recover()).toEqual([CONTINUE]);
    expect(on.to.emails.map(({ messageId }) => messageId)).toEqual(['m1', 'm2']);
  });

  it.each([
    ['canceled', () => on.accepting.decide('october', 'cancel')],
    ['quarantined', () => on.accepting.decide('october', 'quarantine')],
  ] as const)('is written down to its end where it was %s', async (status, decide) => {
    await on.accepting.send({ recipients: PEOPLE, needsApproval: true });
    await decide();

    expect(await recover()).toEqual([CONTINUE]);
    expect((await on.emails()).map((email) => email.status)).toEqual([status, status, status]);
  });

  it('expires at its end if no schedule was invoked', async () => {
    await on.accepting.send({ recipients: PEOPLE, sendAt: later(HOUR), expiresAt: later(2 * HOUR) });

    expect(await recover(2 * HOUR)).toEqual([CONTINUE]);
    expect([await stateOf(), on.to.emails.length]).toEqual(['expired', 0]);
    expect((await on.emails()).map(({ status }) => status)).toEqual(['expired', 'expired', 'expired']);
  });

  it('gets no further step during a step, nor while many steps wait in the queue', async () => {
    await on.accepting.send({ recipients: PEOPLE });
    on.at(CHECK - 1);
    await on.to.run({ campaignId: 'october', why: 'start' }, () => 0);
    await on.to.putPages('october', [['m1']], 'k9.c');
    expect(await recover(CHECK)).toEqual([]);

    on.lengths.steps = 1_001;
    expect(await recover(3 * CHECK)).toEqual([]);
    on.lengths.steps = 0;
    expect(await recover(4 * CHECK)).toEqual([CONTINUE]);
  });
});

describe.each(engines())('the list of unfinished campaigns, on $name', ({ endpoint }) => {
  let on: Recovering;
  beforeEach(async () => {
    on = await startRecovering(endpoint);
  });
  afterEach(() => on.drop());

  const check = async (...checks: readonly number[]) => {
    for (const one of checks) {
      on.at(one * CHECK);
      await on.sweep();
    }
    return on.unfinished();
  };

  it('has a campaign from the transaction that creates it, and it expires with the campaign', async () => {
    await on.accepting.send({ recipients: PEOPLE, sendAt: later(HOUR) });
    const [{ plan }, list] = [await on.accepting.parts(), await on.accepting.parts(UNFINISHED)];

    expect(list.october).toEqual({
      campaignId: UNFINISHED,
      part: 'october',
      checkAt: later(CHECK),
      deleteAfter: plan.deleteAfter,
    });
  });

  it.each(['queued', 'throttled', 'sending', 'depleted'] as const)(
    'keeps a campaign with an email that is %s',
    async (status) => {
      await on.begin();
      await on.become('sent');
      const [ann] = await on.emails();
      const { spellings: _, ...row } = ann;
      await on.accepting.put({ ...row, status, wakeAt: later(99 * CHECK), wakeShard: '0' });

      expect(await check(1, 2, 3, 4)).toEqual(['october']);
    },
  );

  it('loses a campaign once two checks found no unsent emails', async () => {
    await on.begin();
    await on.become('sent');

    expect(await check(1)).toEqual(['october']);
    expect(await check(2)).toEqual([]);
  });

  it('does not count a check while the queue is long, because it does not read waiting emails', async () => {
    await on.begin();
    on.lengths.campaigns = 1_001;

    expect(await check(1, 2, 3)).toEqual(['october']);
  });

  it('loses a campaign that was deleted', async () => {
    await on.putMailing({ campaignId: UNFINISHED, part: 'gone', checkAt: NOW });

    expect(await check(1)).toEqual([]);
  });

  it('has a campaign again after a resend', async () => {
    await on.begin();
    await on.become('failed_sending', { reason: 'x' });
    expect(await check(1, 2)).toEqual([]);

    on.at(3 * CHECK);
    await on.to.run({ campaignId: 'october', why: 'resend', askedAt: later(3 * CHECK), reason: 'x' });
    on.purge();
    expect(await check(4)).toEqual(['october']);
    expect(on.to.emails).toHaveLength(3);
  });

  it('costs a sweep a few requests if nothing is due, and a check about forty', async () => {
    await on.begin();
    await on.become('sent');
    await on.sweep();
    const asked = async () => {
      const before = on.accepting.requests.length;
      await on.sweep();
      return on.accepting.requests.slice(before);
    };
    const idle = await asked();
    on.at(CHECK);
    const check = await asked();

    // Sixteen shards of times, the list, and whether older campaigns are on it.
    expect(Object.groupBy(idle, (name) => name)).toMatchObject({ QueryCommand: Array(17).fill('QueryCommand') });
    expect(idle).toHaveLength(18);
    // The plan, its pages, eight shards of four statuses, and the result.
    expect(check.length - idle.length).toBe(1 + 1 + 32 + 1);
  });

  it('has campaigns of a version without the list, after one scan of the table', async () => {
    await on.begin();
    await on.accepting.message({}, { key: 'k2' });
    await on.forgetUnfinished();
    on.purge();
    on.at(CHECK);
    const before = on.accepting.requests.length;
    for (const _ of [1, 2]) await on.sweep();
    const asked = on.accepting.requests.slice(before);

    expect(await on.unfinished()).toEqual(['october']);
    expect(on.to.emails.filter(({ mailingId }) => mailingId === 'october')).toHaveLength(3);
    expect(asked.filter((name) => name === 'ScanCommand')).toHaveLength(1);
  });
});
