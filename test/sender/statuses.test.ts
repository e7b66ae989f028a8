import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../lambdas/domain/send-outcome.ts';
import type { Status } from '../../lambdas/domain/statuses.ts';
import { planItem } from '../../lambdas/store/mailing-item.ts';
import { unsubscribing } from '../../lambdas/store/unsubscribe.ts';
import { engines } from '../support/engine.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';

describe.each(engines())('an email that is to be sent, on $name', ({ endpoint }) => {
  let on: TestedSender;
  let email = 0;
  /** Another email each time, to the same address. */
  const accept = (over: Parameters<TestedSender['accept']>[1] = {}) =>
    on.accept('ann@example.com', { messageId: `email-${email++}`, ...over });

  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
  });
  beforeEach(() => on.forget());
  afterAll(() => on.drop());

  it('is sent, with the id that SES gave it, and keeps nothing that only sending needed', async () => {
    on.outcomes.push({ is: 'sent', sesMessageId: '0100-ses' });
    const work = await accept();

    expect(await on.work([work])).toEqual([]);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'sent', rank: 100, sesMessageId: '0100-ses', createdAt: NOW });
    expect(row?.statusAt >= NOW).toBe(true);
    expect(Object.keys(row ?? {})).not.toEqual(expect.arrayContaining(['values']));
    for (const gone of ['values', 'wakeAt', 'wakeShard', 'depletedSince', 'reason'])
      expect(row).not.toHaveProperty(gone);
    expect(on.sent).toMatchObject([
      { to: 'ann@example.com', subject: 'Your statement, Ann', html: '<p>Hello Ann</p>' },
    ]);
  });

  it('stands as sending while SES is called, and says when to look at it if nobody comes back', async () => {
    const work = await accept();
    let during: Record<string, unknown> | undefined;
    const send = async (): Promise<SendOutcome> => {
      during = await on.row(work.messageId);
      return { is: 'unknown', cause: 'TimeoutError' };
    };

    await on.work([work], { send });

    expect(during).toMatchObject({ status: 'sending', rank: 60, wakeShard: expect.stringMatching(/^[0-7]$/) });
    expect(Date.parse(String(during?.wakeAt)) - Date.parse(String(during?.statusAt))).toBe(900_000);
  });

  it('stays sending where nobody knows whether SES took it, and is never tried again', async () => {
    on.outcomes.push({ is: 'unknown', cause: 'TimeoutError' });
    const work = await accept();

    expect(await on.work([work])).toEqual([]);
    expect(await on.work([work])).toEqual([]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'sending', values: { name: 'Ann' } });
    expect([on.sent.length, on.putBack]).toEqual([1, []]);
    expect(on.said).toContainEqual(['unknown', { messageId: work.messageId, cause: 'TimeoutError' }]);
  });

  it('is throttled where SES says so, and comes again after a while, later each time', async () => {
    const work = await accept();
    on.outcomes.push({ is: 'throttled' }, { is: 'throttled' });

    await on.work([work]);
    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', rank: 50 });
    expect(row).not.toHaveProperty('wakeAt');
    await on.work([{ ...work, attempt: 1 }]);
    expect(on.putBack).toEqual([
      { email: { ...work, attempt: 1 }, delaySeconds: 8 },
      { email: { ...work, attempt: 2 }, delaySeconds: 15 },
    ]);

    await on.work([{ ...work, attempt: 2 }]);
    expect(await on.row(work.messageId)).toMatchObject({ status: 'sent' });
  });

  it('is throttled without asking SES where others have taken the rate for the next 20 seconds', async () => {
    on.account.maxSendRate = 1;
    const works = await Promise.all(Array.from({ length: 20 }, () => accept()));

    // 9.5 a ten seconds: the first batch takes the first half, and the second finds too little left.
    await on.work(works.slice(0, 10), { send: async () => ({ is: 'unknown', cause: 'hangs' }) });
    on.clock.move(-10_000);
    await on.work(works.slice(10));

    expect(on.sent).toEqual([]);
    expect(await on.row(works[19]?.messageId ?? '')).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toHaveLength(10);
  });

  it('is throttled and comes again although the answer to that was lost, and the SDK asked twice', async () => {
    const { emails } = on.dependencies;
    const throttle: typeof emails.throttle = async (...given) => {
      await emails.throttle(...given);
      return emails.throttle(...given);
    };
    const work = await accept();

    await on.work([work], { emails: { ...emails, throttle } }, 18_000);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toHaveLength(1);
  });

  it('is throttled where the quota is back and the rate is used up, so that no sweep queues it once more', async () => {
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work], {}, 18_000);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'throttled', depletedSince: NOW });
    for (const gone of ['wakeAt', 'wakeShard']) expect(row).not.toHaveProperty(gone);
    expect(on.putBack).toHaveLength(1);
  });

  it('is depleted where SES says that the quota is used up, and says when to look at it', async () => {
    on.outcomes.push({ is: 'depleted' });
    const work = await accept();

    await on.work([work]);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'depleted', rank: 55, wakeShard: expect.stringMatching(/^[0-7]$/) });
    expect(row?.depletedSince).toBe(row?.statusAt);
    expect(Date.parse(row?.wakeAt) - Date.parse(row?.statusAt)).toBe(900_000);
    expect(on.putBack).toEqual([]);
  });

  it('is depleted without asking SES where the account has no quota left, and sent once it has', async () => {
    on.account.quotaLeft = 0;
    const work = await accept();

    await on.work([work]);
    expect(await on.row(work.messageId)).toMatchObject({ status: 'depleted', depletedSince: expect.any(String) });
    expect(on.sent).toEqual([]);

    on.account.quotaLeft = 1;
    await on.work([work]);
    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'sent' });
    expect(row).not.toHaveProperty('depletedSince');
  });

  it('is not written again while it is known to be depleted', async () => {
    on.account.quotaLeft = 0;
    const work = await accept();
    await on.work([work]);
    const before = on.requests.filter((name) => name === 'UpdateItemCommand').length;

    await on.work([work]);

    expect(on.requests.filter((name) => name === 'UpdateItemCommand')).toHaveLength(before);
  });

  it('expires where the quota did not come back for 24 hours, counted from when it was first missing', async () => {
    const hoursAgo = (hours: number) => new Date(on.clock.now() - hours * 3_600_000).toISOString();
    const [late, still] = [
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(24), wakeAt: NOW, wakeShard: '1' } }),
      await accept({ status: 'depleted', more: { depletedSince: hoursAgo(23), wakeAt: NOW, wakeShard: '1' } }),
    ];
    on.account.quotaLeft = 0;

    await on.work([late, still]);

    const expired = await on.row(late.messageId);
    expect(expired).toMatchObject({ status: 'expired', rank: 75, reason: expect.stringContaining('quota') });
    for (const gone of ['values', 'wakeAt', 'wakeShard', 'depletedSince']) expect(expired).not.toHaveProperty(gone);
    expect(await on.row(still.messageId)).toMatchObject({ status: 'depleted', depletedSince: hoursAgo(23) });
  });

  it('has failed where SES will never take it, in its own words, and keeps its values for a person to send it again', async () => {
    on.outcomes.push({ is: 'failed', reason: 'Email address is not verified.' });
    const work = await accept();

    await on.work([work]);

    const row = await on.row(work.messageId);
    expect(row).toMatchObject({ status: 'failed_sending', rank: 79, reason: 'Email address is not verified.' });
    expect(row).toMatchObject({ values: { name: 'Ann' } });
    for (const gone of ['wakeAt', 'wakeShard']) expect(row).not.toHaveProperty(gone);
  });

  it('has failed to render where a value is missing, and names it', async () => {
    const work = await accept({ values: { nickname: 'Ann' } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'failed_rendering', rank: 78, reason: 'name' });
    expect(on.sent).toEqual([]);
  });

  it.each<[string, SendOutcome]>([
    ['SES takes nothing from the account', { is: 'held', cause: 'AccountSuspendedException' }],
    ['SES cannot be reached', { is: 'unreached', cause: 'ECONNREFUSED' }],
  ])('is queued again where %s, and comes again', async (_, outcome) => {
    on.outcomes.push(outcome);
    const work = await accept();

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued', rank: 40 });
    expect(on.putBack).toMatchObject([{ email: work }]);
    expect(on.said).toContainEqual([outcome.is, expect.objectContaining({ messageId: work.messageId })]);
  });

  it('stays queued without asking SES while the account is paused, and tells the metrics for the alarm', async () => {
    on.account.maxSendRate = 0;
    const work = await accept();

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued', statusAt: NOW });
    expect(on.putBack).toEqual([{ email: work, delaySeconds: 675 }]);
    expect(on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
    expect(on.sent).toEqual([]);
  });

  it('is left to the sweep, depleted as it is, while the account is paused: each sweep queues it once more', async () => {
    on.account.maxSendRate = 0;
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'depleted', wakeAt: NOW, statusAt: NOW });
    expect(on.putBack).toEqual([]);
    expect(on.metrics.addMetric).toHaveBeenLastCalledWith('held', 'Count', 1);
  });

  it('that was depleted is queued and put back where SES takes nothing when it is called', async () => {
    on.outcomes.push({ is: 'held', cause: 'SendingPausedException' });
    const work = await accept({ status: 'depleted', more: { depletedSince: NOW, wakeAt: NOW, wakeShard: '1' } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued' });
    expect(on.putBack).toHaveLength(1);
  });

  describe('between its acceptance and the call', () => {
    it.each<[string, Status, object, string | undefined]>([
      ['is canceled in the middle', 'canceled', { state: 'canceled' }, undefined],
      ['is quarantined', 'quarantined', { state: 'quarantined' }, undefined],
      ['is ended by the clock', 'expired', { expiresAt: NOW }, undefined],
      ['is ended', 'expired', { state: 'expired' }, undefined],
    ])('ends with its mailing: %s', async (_, status, over, reason) => {
      const plan = mailing({ mailingId: `ended-${email}`, ...over });
      await on.put(plan);
      const work = await accept({ of: plan });
      on.account.quotaLeft = 0;

      await on.work([work]);

      const row = await on.row(work.messageId);
      expect([row?.status, row?.reason, row?.values]).toEqual([status, reason, undefined]);
      expect(on.sent).toEqual([]);
    });

    it('takes no place in the send rate where its mailing is over', async () => {
      const plan = mailing({ mailingId: 'over', state: 'canceled' });
      await on.put(plan);
      const taken: number[] = [];
      const allowance = { take: async ({ count }: { count: number }) => void taken.push(count) };

      await on.work([await accept({ of: plan }), await accept()], { allowance });

      expect(taken).toEqual([1]);
    });

    it('is refused where its mailing was canceled while it waited for its place', async () => {
      const plan = mailing({ mailingId: 'canceled-late' });
      await on.put(plan);
      const work = await accept({ of: plan });
      let reads = 0;
      const read: typeof on.kept.read = async (id) => {
        const found = await on.kept.read(id);
        return found && reads++ > 0 ? { ...found, state: 'canceled' } : found;
      };

      await on.work([work], { mailings: { ...on.kept, read } });

      expect(await on.row(work.messageId)).toMatchObject({ status: 'canceled', rank: 73 });
      expect(on.sent).toEqual([]);
    });

    it('is suppressed, with the cause, where its address was', async () => {
      const work = await on.accept('Bounced@example.com', { messageId: `email-${email++}` });
      await on.suppressions.suppress('bounced@example.com', {
        ...{ spelling: 'Bounced@example.com', note: undefined, now: NOW },
      });

      await on.work([work]);

      expect(await on.row(work.messageId, 'bounced@example.com')).toMatchObject({
        ...{ status: 'suppressed', rank: 77, reason: 'manual' },
      });
      expect(on.sent).toEqual([]);
    });

    it('is canceled where its recipient left that category of mail, and sent where it was another', async () => {
      const { unsubscribe } = unsubscribing(on.documents, on.tables.suppressions);
      const leave = { address: 'leaver@example.com', at: NOW, messageId: 'earlier' };
      const newsletter = mailing({ mailingId: 'newsletter', category: 'newsletter' });
      await on.put(newsletter);
      const accepted = (of?: typeof newsletter) =>
        on.accept('leaver@example.com', { messageId: `email-${email++}`, ...(of && { of }) });
      const [statement, news] = [await accepted(), await accepted(newsletter)];
      await unsubscribe({ ...leave, mail: { category: 'newsletter' } });

      await on.work([statement, news]);

      expect(await on.row(statement.messageId, leave.address)).toMatchObject({ status: 'sent' });
      expect(await on.row(news.messageId, leave.address)).toMatchObject({
        ...{ status: 'canceled_unsubscribed', rank: 72, reason: 'newsletter' },
      });
    });

    it('is gone with an erased person: acknowledged, and not brought back', async () => {
      expect(await on.work([{ mailingId: 'october', messageId: 'erased' }])).toEqual([]);

      expect(await on.row('erased')).toBeUndefined();
      expect(on.sent).toEqual([]);
    });

    it('is refused by an address that SES cannot take', async () => {
      const work = await on.accept('jürgen@example.com', { messageId: `email-${email++}` });

      await on.work([work]);

      expect(await on.row(work.messageId, 'jürgen@example.com')).toMatchObject({ status: 'invalid_address', rank: 76 });
    });
  });

  it.each<Status>(['sending', 'sent', 'delivered', 'failed_sending', 'canceled', 'bounced_hard'])(
    'that is %s already is passed over',
    async (status) => {
      const work = await accept({ status });

      expect(await on.work([work])).toEqual([]);

      expect(await on.row(work.messageId)).toMatchObject({ status, statusAt: NOW });
      expect(on.sent).toEqual([]);
    },
  );

  it('is found beside the row of somebody it was forwarded to, who bounced before it was sent again', async () => {
    const work = await accept();
    await on.accept('aaron@example.net', { ...work, status: 'bounced_hard', more: { sendTo: undefined } });

    await on.work([work]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'sent' });
  });

  it('goes to one of two workers that are handed it at once', async () => {
    const works = await Promise.all(Array.from({ length: 10 }, () => accept()));

    await Promise.all([on.work(works), on.work(works.toReversed())]);

    expect(on.sent).toHaveLength(10);
  });

  it('of a mailing that has not started, or of none, comes again and ends as a dead letter', async () => {
    const plan = mailing({ mailingId: 'not-yet', state: 'approved' });
    await on.put(plan);
    const [early, lost, sent] = [await accept({ of: plan }), await accept(), await accept()];

    expect(await on.work([early, { ...lost, mailingId: 'nowhere' }, sent])).toEqual(['r0', 'r1']);

    expect(await on.row(early.messageId)).toMatchObject({ status: 'queued' });
    expect(await on.row(sent.messageId)).toMatchObject({ status: 'sent' });
  });

  it('expires where it waited for so long that a message’s content is gone; a campaign’s is missed', async () => {
    const [message, campaign] = [mailing({ mailingId: '~late' }), mailing({ mailingId: 'without-content' })];
    for (const { mailingId } of [message, campaign]) {
      await on.documents.send(
        new PutCommand({ TableName: on.tables.mailings, Item: planItem(mailing({ mailingId })) }),
      );
    }
    on.account.maxSendRate = 0;
    const works = [await accept({ messageId: 'late', of: message }), await accept({ of: campaign })];

    expect(await on.work(works)).toEqual(['r1']);

    const row = await on.row('late');
    expect(row).toMatchObject({ status: 'expired', rank: 75, reason: expect.stringContaining('content') });
    expect(row).not.toHaveProperty('values');
  });

  it('is throttled, and comes again in seconds, where SES was asked too often for the account to be known', async () => {
    const work = await accept();

    expect(await on.work([work], { account: async () => 'busy' })).toEqual([]);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect(on.putBack).toEqual([{ email: { ...work, attempt: 1 }, delaySeconds: 8 }]);
  });

  it('comes again where the account is not known, with nothing claimed', async () => {
    const work = await accept();
    const account = () => Promise.reject(new Error('GetAccount failed'));

    expect(await on.work([work], { account })).toEqual(['r0']);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'queued' });
  });

  it('is not begun where the function has too little time left for a call', async () => {
    const work = await accept();

    await on.work([work], {}, 18_000);

    expect(await on.row(work.messageId)).toMatchObject({ status: 'throttled' });
    expect([on.sent, on.putBack.length]).toEqual([[], 1]);
  });

  it('names nobody in the log', async () => {
    on.outcomes.push({ is: 'failed', reason: 'ann@example.com is not verified' });
    await on.work([await accept(), await accept({ values: {} }), { mailingId: 'nowhere', messageId: 'x' }]);

    expect(JSON.stringify(on.said)).not.toMatch(/example\.com|Ann|statement,/);
  });
});
