import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../lambdas/domain/mailing/send-outcome.ts';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import { planItem } from '../../../lambdas/store/mailings/mailing-row.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW } from './sender.ts';
import { senderSetUp } from './sender-set-up.ts';

describe.each(engines())('an email that is to be sent, on $name', ({ endpoint }) => {
  const setUp = senderSetUp(endpoint);
  const { accept } = setUp;

  it('is sent, with SES’s id, and without the attributes that only sending needs', async () => {
    setUp.on.outcomes.push({ is: 'sent', sesMessageId: '0100-ses' });
    const work = await accept();

    expect(await setUp.on.work([work])).toEqual([]);

    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'sent', rank: 100, sesMessageId: '0100-ses', createdAt: NOW });
    expect(row?.statusAt >= NOW).toBe(true);
    expect(Object.keys(row ?? {})).not.toEqual(expect.arrayContaining(['values']));
    for (const gone of ['values', 'wakeAt', 'wakeShard', 'depletedSince', 'reason'])
      expect(row).not.toHaveProperty(gone);
    expect(setUp.on.sent).toMatchObject([
      { to: 'ann@example.com', subject: 'Your statement, Ann', html: '<p>Hello Ann</p>' },
    ]);
  });

  it('is sending during the request to SES, with the time of the next check if the worker dies', async () => {
    const work = await accept();
    let during: Record<string, unknown> | undefined;
    const send = async (): Promise<SendOutcome> => {
      during = await setUp.on.row(work.messageId);
      return { is: 'unknown', cause: 'TimeoutError' };
    };

    await setUp.on.work([work], { send });

    expect(during).toMatchObject({ status: 'sending', rank: 60, wakeShard: expect.stringMatching(/^[0-7]$/) });
    expect(Date.parse(String(during?.wakeAt)) - Date.parse(String(during?.statusAt))).toBe(900_000);
  });

  it('stays sending if it is unknown whether SES accepted it, and is never retried', async () => {
    setUp.on.outcomes.push({ is: 'unknown', cause: 'TimeoutError' });
    const work = await accept();

    expect(await setUp.on.work([work])).toEqual([]);
    expect(await setUp.on.work([work])).toEqual([]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'sending', values: { name: 'Ann' } });
    expect([setUp.on.sent.length, setUp.on.putBack]).toEqual([1, []]);
    expect(setUp.on.said).toContainEqual(['unknown', { messageId: work.messageId, cause: 'TimeoutError' }]);
  });

  it('has failed if SES will never accept it, with SES’s reason, and keeps its values to be sent again', async () => {
    setUp.on.outcomes.push({ is: 'failed', reason: 'Email address is not verified.' });
    const work = await accept();

    await setUp.on.work([work]);

    const row = await setUp.on.row(work.messageId);
    expect(row).toMatchObject({ status: 'failed_sending', rank: 79, reason: 'Email address is not verified.' });
    expect(row).toMatchObject({ values: { name: 'Ann' } });
    for (const gone of ['wakeAt', 'wakeShard']) expect(row).not.toHaveProperty(gone);
  });

  it('has failed to render if a value is missing, which the reason names', async () => {
    const work = await accept({ values: { nickname: 'Ann' } });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({
      status: 'failed_rendering',
      rank: 78,
      reason: 'Missing value: name',
    });
    expect(setUp.on.sent).toEqual([]);
  });

  it.each<[string, SendOutcome]>([
    ['SES takes nothing from the account', { is: 'held', cause: 'AccountSuspendedException' }],
    ['SES cannot be reached', { is: 'unreached', cause: 'ECONNREFUSED' }],
  ])('is queued again if %s', async (_, outcome) => {
    setUp.on.outcomes.push(outcome);
    const work = await accept();

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'queued', rank: 40 });
    expect(setUp.on.putBack).toMatchObject([{ email: work }]);
    expect(setUp.on.said).toContainEqual([outcome.is, expect.objectContaining({ messageId: work.messageId })]);
  });

  it.each<Status>(['sending', 'sent', 'delivered', 'failed_sending', 'canceled', 'bounced_hard'])(
    'that is %s already is skipped',
    async (status) => {
      const work = await accept({ status });

      expect(await setUp.on.work([work])).toEqual([]);

      expect(await setUp.on.row(work.messageId)).toMatchObject({ status, statusAt: NOW });
      expect(setUp.on.sent).toEqual([]);
    },
  );

  it('is found beside the row of a forwarding target, which bounced before it was sent again', async () => {
    const work = await accept();
    await setUp.on.accept('aaron@example.net', { ...work, status: 'bounced_hard', more: { sendTo: undefined } });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'sent' });
  });

  it('is sent by one of two workers that receive it at the same time', async () => {
    const works = await Promise.all(Array.from({ length: 10 }, () => accept()));

    await Promise.all([setUp.on.work(works), setUp.on.work(works.toReversed())]);

    expect(setUp.on.sent).toHaveLength(10);
  });

  it('of a mailing that has not started, or of none, is retried and ends as a dead letter', async () => {
    const plan = mailing({ mailingId: 'not-yet', state: 'approved' });
    await setUp.on.put(plan);
    const [early, lost, sent] = [await accept({ of: plan }), await accept(), await accept()];

    expect(await setUp.on.work([early, { ...lost, mailingId: 'nowhere' }, sent])).toEqual(['r0', 'r1']);

    expect(await setUp.on.row(early.messageId)).toMatchObject({ status: 'queued' });
    expect(await setUp.on.row(sent.messageId)).toMatchObject({ status: 'sent' });
  });

  it('expires if a single message’s content was deleted while it waited; missing content of a campaign is an error', async () => {
    const [message, campaign] = [mailing({ mailingId: '~late' }), mailing({ mailingId: 'without-content' })];
    for (const { mailingId } of [message, campaign]) {
      await setUp.on.documents.send(
        new PutCommand({ TableName: setUp.on.tables.mailings, Item: planItem(mailing({ mailingId })) }),
      );
    }
    setUp.on.account.maxSendRate = 0;
    const works = [await accept({ messageId: 'late', of: message }), await accept({ of: campaign })];

    expect(await setUp.on.work(works)).toEqual(['r1']);

    const row = await setUp.on.row('late');
    expect(row).toMatchObject({ status: 'expired', rank: 75, reason: expect.stringContaining('content') });
    expect(row).not.toHaveProperty('values');
  });

  it('logs no address', async () => {
    setUp.on.outcomes.push({ is: 'failed', reason: 'ann@example.com is not verified' });
    await setUp.on.work([await accept(), await accept({ values: {} }), { mailingId: 'nowhere', messageId: 'x' }]);

    expect(JSON.stringify(setUp.on.said)).not.toMatch(/example\.com|Ann|statement,/);
  });
});
