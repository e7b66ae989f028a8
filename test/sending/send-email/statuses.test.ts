import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../lambdas/domain/mailing/send-outcome.ts';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import { planItem } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
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

    expect(await on.row(work.messageId)).toMatchObject({
      status: 'failed_rendering',
      rank: 78,
      reason: 'Missing value: name',
    });
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

  it('names nobody in the log', async () => {
    on.outcomes.push({ is: 'failed', reason: 'ann@example.com is not verified' });
    await on.work([await accept(), await accept({ values: {} }), { mailingId: 'nowhere', messageId: 'x' }]);

    expect(JSON.stringify(on.said)).not.toMatch(/example\.com|Ann|statement,/);
  });
});
