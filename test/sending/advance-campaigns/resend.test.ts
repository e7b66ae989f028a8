import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mailing } from '../../../lambdas/domain/mailing/mailing.ts';
import { failedCounter } from '../../../lambdas/store/emails/count-failed.ts';
import { planItem } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { silent } from '../../support/silent.ts';
import { type Accepting, later, NOW, startAccepting } from '../accept-mail/set-up.ts';
import { aRow } from '../sweep-emails/stalled.ts';
import { sweeping } from '../sweep-emails/sweeping.ts';
import { type Advancing, advancing } from './set-up.ts';

const UNKNOWN = 'outcome unknown';
const ASKED = { campaignId: 'october', why: 'resend', askedAt: NOW };
const MOMENTS = ['before it was taken', 'after it was taken'] as const;

const PLAN: Mailing = {
  ...{ mailingId: 'october', state: 'started', createdAt: NOW, from: 'a@club.example', replyTo: [], salt: 's' },
  ...{ preventDuplicates: true, needsApproval: false, unsubscribable: true, trackReads: false, openCalls: [] },
  ...{ recipients: 1, deleteAfter: 2_000_000_000 },
};

describe.each(engines())('failed emails are sent again, on $name', ({ endpoint }) => {
  let accepting: Accepting;
  let to: Advancing;
  const prepare = async () => {
    accepting = await startAccepting(endpoint);
    to = advancing(accepting);
    await plan({});
  };
  const plan = (more: Partial<Mailing>) =>
    accepting.documents.send(
      new PutCommand({ TableName: accepting.tables.mailings, Item: planItem({ ...PLAN, ...more }) }),
    );
  beforeEach(prepare);
  afterEach(() => accepting.drop());
  const queued = () => to.emails.map(({ messageId }) => messageId).sort();
  const row = async (id: string) => (await accepting.emails()).find(({ messageId }) => messageId === id);

  it('those of the campaign with the reason that had failed before the request; each once', async () => {
    const failed = { reason: UNKNOWN };
    await accepting.put(aRow('m1', 'failed_sending', failed));
    await accepting.put(aRow('m2', 'failed_sending', { reason: 'Email address is not verified.' }));
    await accepting.put(aRow('m3', 'failed_sending', { ...failed, statusAt: later(1) }));
    await accepting.put(aRow('m4', 'failed_sending', { ...failed, campaignId: 'may', campaignShard: 'may/0' }));
    await accepting.put(aRow('m5', 'sending', failed));
    await accepting.put(aRow('m6', 'sent', failed));
    await to.run({ ...ASKED, reason: UNKNOWN });

    expect(to.emails).toEqual([{ mailingId: 'october', messageId: 'm1' }]);
    const again = await row('m1');
    expect(again).toMatchObject({ status: 'queued', rank: 40, statusAt: NOW, values: { name: 'Ann' } });
    expect(again).not.toHaveProperty('reason');

    for (const askedAt of [NOW, later(10)]) await to.run({ ...ASKED, askedAt, reason: UNKNOWN });
    expect(queued()).toEqual(['m1', 'm3']);
    expect(JSON.stringify([to.emails, to.said])).not.toContain('example.com');
  });

  it('those to the addresses, with any reason, or those with both', async () => {
    await accepting.put(aRow('m1', 'failed_sending', { reason: UNKNOWN }));
    await accepting.put(aRow('m2', 'failed_sending', { reason: 'another' }));
    await accepting.put(aRow('m3', 'failed_sending', { reason: UNKNOWN }));
    const recipients = ['m1@example.com', 'm2@example.com', 'm9@example.com'];
    await to.run({ ...ASKED, recipients, reason: UNKNOWN });
    expect(queued()).toEqual(['m1']);

    await to.run({ ...ASKED, recipients });
    expect(queued()).toEqual(['m1', 'm2']);
  });

  it('not if the campaign was canceled, has expired, or does not exist', async () => {
    await accepting.put(aRow('m1', 'failed_sending', { reason: UNKNOWN }));
    for (const more of [{ state: 'canceled' }, { state: 'planned' }, { expiresAt: NOW }] as const) {
      await plan(more);
      expect(await to.run({ ...ASKED, reason: UNKNOWN })).toBe(true);
    }
    expect(await to.run({ ...ASKED, campaignId: 'nobody-knows', reason: UNKNOWN })).toBe(true);
    expect([to.emails, (await row('m1'))?.status]).toEqual([[], 'failed_sending']);
  });

  it('in any number, continuing after each step, each checked once', async () => {
    const rows = Array.from({ length: 1_000 }, (_, n) =>
      aRow(`m${n}`, 'failed_sending', { reason: n % 10 === 0 ? UNKNOWN : 'another' }),
    );
    for (const each of rows) await accepting.put(each);
    const before = accepting.requests.length;
    const runs = await to.runOn({ ...ASKED, reason: UNKNOWN }, () => 0);
    const counts = Object.groupBy(accepting.requests.slice(before), (name) => name);

    expect(queued()).toEqual(
      rows
        .filter(({ reason }) => reason === UNKNOWN)
        .map(({ messageId }) => messageId)
        .sort(),
    );
    // One for each email, and one for each message: the campaign is on the list of unfinished ones.
    expect(counts.UpdateItemCommand).toHaveLength(1_000 + runs);
    // A page of a hundred each; eight shards, of which most have more than one.
    expect(runs).toBe(counts.QueryCommand?.length);
    expect(runs).toBeGreaterThan(10);
  }, 60_000);

  it('counted up to 10,000 for the answer, which shows if there may be more', async () => {
    let pages = 0;
    const keys = Array.from({ length: 100 }, (_, n) => ({ messageId: `m${n}`, recipient: `m${n}@example.com` }));
    for (const { messageId } of keys) await accepting.put(aRow(messageId, 'failed_sending', { reason: UNKNOWN }));
    const page = async () => ({ keys, next: ++pages > 200 ? undefined : { shard: 0, recipient: 'a', messageId: 'b' } });
    const count = failedCounter(accepting.documents, accepting.tables.emailStatus, page);

    expect(await count('october', { reason: UNKNOWN, askedAt: NOW })).toEqual({
      matched: 10_000,
      matchedIsExact: false,
    });
  });

  it('so that none is lost, whichever request failed: emails that were not queued are found by the check of the campaign', async () => {
    const run = async (fault: () => void = () => {}) => {
      await accepting.drop();
      await prepare();
      for (const id of ['m1', 'm2', 'm3']) await accepting.put(aRow(id, 'failed_sending', { reason: UNKNOWN }));
      const before = accepting.requests.length;
      fault();
      const whole = await to.run({ ...ASKED, reason: UNKNOWN });
      const [asked, called] = [accepting.requests.length - before, to.calls.length];
      accepting.failing(undefined);
      to.turn.fault = undefined;
      accepting.clock.now = later(60_000);
      if (!whole) await to.run({ ...ASKED, reason: UNKNOWN });
      accepting.clock.now = later(60_000 + 1_200_000);
      if (!whole) await sweeping(accepting, to, silent()).sweep();
      const emails = await accepting.emails();
      return { whole, asked, called, statuses: emails.map(({ status }) => status) };
    };
    const whole = await run();
    expect([whole.whole, queued()]).toEqual([true, ['m1', 'm2', 'm3']]);

    const faults = MOMENTS.flatMap((moment) => [
      ...Array.from({ length: whole.asked }, (_, n) => () => accepting.failing(n, moment)),
      ...Array.from({ length: whole.called }, (_, n) => () => {
        to.turn.fault = { at: n, moment };
      }),
    ]);
    for (const fault of faults) {
      const broken = await run(fault);

      expect([broken.whole, broken.statuses]).toEqual([false, Array(3).fill('queued')]);
      expect([...new Set(queued())]).toEqual(['m1', 'm2', 'm3']);
    }
  }, 120_000);
});
