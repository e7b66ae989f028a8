import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import type { SendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import { unsubscribing } from '../../../lambdas/store/suppressions/unsubscribe.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW, senderOn, type TestedSender } from './sender.ts';

describe.each(engines())('an email between its acceptance and the call, on $name', ({ endpoint }) => {
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
    const allowance: Pick<SendSlots, 'take'> = {
      take: async ({ count }) => {
        taken.push(count);
        return { none: 'rate', wait: Number.POSITIVE_INFINITY };
      },
    };

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
      ...{ status: 'suppressed', rank: 77, reason: 'The address was suppressed by staff' },
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
      ...{ status: 'canceled_unsubscribed', rank: 72, reason: 'Unsubscribed from the category newsletter' },
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
