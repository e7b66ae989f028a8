import { describe, expect, it } from 'vitest';
import type { Status } from '../../../lambdas/domain/status/statuses.ts';
import type { SendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import { unsubscribing } from '../../../lambdas/store/suppressions/unsubscribe.ts';
import { engines } from '../../support/engine.ts';
import { mailing, NOW } from './sender.ts';
import { senderSetUp } from './sender-set-up.ts';

describe.each(engines())('an email between its acceptance and the request to SES, on $name', ({ endpoint }) => {
  const setUp = senderSetUp(endpoint);
  const { accept } = setUp;

  it.each<[string, Status, object, string | undefined]>([
    ['is canceled in the middle', 'canceled', { state: 'canceled' }, undefined],
    ['is quarantined', 'quarantined', { state: 'quarantined' }, undefined],
    ['is ended by the clock', 'expired', { expiresAt: NOW }, undefined],
    ['is ended', 'expired', { state: 'expired' }, undefined],
  ])('ends with its mailing: %s', async (_, status, over, reason) => {
    const plan = mailing({ mailingId: `ended-${setUp.newId()}`, ...over });
    await setUp.on.put(plan);
    const work = await accept({ of: plan });
    setUp.on.account.quotaLeft = 0;

    await setUp.on.work([work]);

    const row = await setUp.on.row(work.messageId);
    expect([row?.status, row?.reason, row?.values]).toEqual([status, reason, undefined]);
    expect(setUp.on.sent).toEqual([]);
  });

  it('takes no send slot if its mailing is over', async () => {
    const plan = mailing({ mailingId: 'over', state: 'canceled' });
    await setUp.on.put(plan);
    const taken: number[] = [];
    const sendSlots: Pick<SendSlots, 'take'> = {
      take: async ({ count }) => {
        taken.push(count);
        return { none: 'rate', wait: Number.POSITIVE_INFINITY };
      },
    };

    await setUp.on.work([await accept({ of: plan }), await accept()], { sendSlots });

    expect(taken).toEqual([1]);
  });

  it('is rejected if its mailing was canceled while it waited for its slot', async () => {
    const plan = mailing({ mailingId: 'canceled-late' });
    await setUp.on.put(plan);
    const work = await accept({ of: plan });
    let reads = 0;
    const read: typeof setUp.on.kept.read = async (id) => {
      const found = await setUp.on.kept.read(id);
      return found && reads++ > 0 ? { ...found, state: 'canceled' } : found;
    };

    await setUp.on.work([work], { mailings: { ...setUp.on.kept, read } });

    expect(await setUp.on.row(work.messageId)).toMatchObject({ status: 'canceled', rank: 73 });
    expect(setUp.on.sent).toEqual([]);
  });

  it('is suppressed, with the cause, if its address was suppressed', async () => {
    const work = await setUp.on.accept('Bounced@example.com', { messageId: setUp.newId() });
    await setUp.on.suppressions.suppress('bounced@example.com', {
      ...{ spelling: 'Bounced@example.com', note: undefined, now: NOW },
    });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId, 'bounced@example.com')).toMatchObject({
      ...{ status: 'suppressed', rank: 77, reason: 'The address was suppressed by staff' },
    });
    expect(setUp.on.sent).toEqual([]);
  });

  it('is canceled if its recipient unsubscribed from its category, and sent if it was another one', async () => {
    const { unsubscribe } = unsubscribing(setUp.on.documents, setUp.on.tables.suppressions);
    const leave = { address: 'leaver@example.com', at: NOW, messageId: 'earlier' };
    const newsletter = mailing({ mailingId: 'newsletter', category: 'newsletter' });
    await setUp.on.put(newsletter);
    const accepted = (of?: typeof newsletter) =>
      setUp.on.accept('leaver@example.com', { messageId: setUp.newId(), ...(of && { of }) });
    const [statement, news] = [await accepted(), await accepted(newsletter)];
    await unsubscribe({ ...leave, mail: { category: 'newsletter' } });

    await setUp.on.work([statement, news]);

    expect(await setUp.on.row(statement.messageId, leave.address)).toMatchObject({ status: 'sent' });
    expect(await setUp.on.row(news.messageId, leave.address)).toMatchObject({
      ...{ status: 'canceled_unsubscribed', rank: 72, reason: 'Unsubscribed from the category newsletter' },
    });
  });

  it('is acknowledged, and not written, if the person was erased', async () => {
    expect(await setUp.on.work([{ mailingId: 'october', messageId: 'erased' }])).toEqual([]);

    expect(await setUp.on.row('erased')).toBeUndefined();
    expect(setUp.on.sent).toEqual([]);
  });

  it('is rejected if SES cannot accept its address', async () => {
    const work = await setUp.on.accept('jürgen@example.com', { messageId: setUp.newId() });

    await setUp.on.work([work]);

    expect(await setUp.on.row(work.messageId, 'jürgen@example.com')).toMatchObject({
      status: 'invalid_address',
      rank: 76,
    });
  });
});
