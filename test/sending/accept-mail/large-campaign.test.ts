import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capacityOf } from '../../support/capacity.ts';
import { engines } from '../../support/engine.ts';
import { type Accepting, later, startAccepting } from './set-up.ts';

const A_CALL = 5_000;
const recipients = (call: number, count = A_CALL) =>
  Array.from({ length: count }, (_, n) => ({ email: `m${call}-${n}@example.com`, values: { name: `Member ${n}` } }));

describe.each(engines())('a campaign of many pages, on $name', ({ endpoint, kind }) => {
  let accepting: Accepting;
  beforeEach(async () => {
    accepting = await startAccepting(endpoint);
  });
  afterEach(() => accepting.drop());

  it('accepts 5,000 recipients in a request, with a hundred writes in each transaction', async () => {
    const asked = accepting.requests.length;
    const { status, body } = await accepting.send({ recipients: recipients(0) });
    const counts = Map.groupBy(accepting.requests.slice(asked), (name) => name);

    expect([status, body.byStatus]).toEqual([202, { queued: A_CALL }]);
    expect(Object.fromEntries([...counts].map(([name, all]) => [name, all.length]))).toEqual({
      // Content, and ten pages; the idempotency record; the verified sender.
      PutItemCommand: 13,
      // Fifty of a hundred suppressions each; the plan and the request, before it begins, after, and before it closes; senders.
      BatchGetItemCommand: 50 + 4,
      // The request begins and closes; rows, a hundred each.
      TransactWriteItemsCommand: 2 + A_CALL / 100,
      UpdateItemCommand: 1,
    });
  }, 120_000);

  // DynamoDB Local counts a transaction as one write.
  it.runIf(kind === 'native')(
    'writes five units an email: two for its row in a transaction, and an entry in each of three indexes',
    async () => {
      const units = capacityOf(accepting.client);
      await accepting.send({ recipients: recipients(0, 500) });
      const { table, refused, byIndex } = units();

      expect(byIndex).toEqual({ byRecipient: 500, byDay: 500, byCampaign: 500 });
      expect(refused).toBe(0);
      // The request begins and closes; content, a page of 18 KB and the answer stored for a day.
      expect(table).toBeLessThanOrEqual(2 * 500 + 40);
    },
  );

  it('uses four write units an email for a few emails, without a transaction', async () => {
    await accepting.send({ sendAt: later(3_600_000), recipients: recipients(0, 1) });
    const units = capacityOf(accepting.client);
    const asked = accepting.requests.length;
    await accepting.add('october', recipients(1, 24), { key: 'k1' });
    const { refused, byIndex } = units();
    const rows = accepting.requests.slice(asked).filter((name) => name === 'PutItemCommand');

    expect([byIndex, refused]).toEqual([{ byRecipient: 24, byDay: 24, byCampaign: 24 }, 0]);
    // A page and the idempotency record beside them.
    expect(rows).toHaveLength(24 + 2);
  });

  it('has no item over 400 KB, and a number of pages that depends only on the recipients', async () => {
    const text = 'x'.repeat(250_000);
    await accepting.send({ text, html: undefined, sendAt: later(3_600_000), recipients: recipients(0, 1_200) });
    for (const call of [1, 2, 3]) {
      expect((await accepting.add('october', recipients(call, 1_001), { key: `k${call}` })).status).toBe(202);
    }
    const parts = await accepting.parts();
    const sizes = Object.entries(parts).map(
      ([part, item]) => [part.split('#')[0], JSON.stringify(item).length] as const,
    );
    const largest = (kind: string) => Math.max(...sizes.filter(([of]) => of === kind).map(([, size]) => size));

    expect(parts.plan).toMatchObject({ recipients: 1_200 + 3 * 1_001 });
    expect(Object.keys(parts).filter((part) => part.startsWith('page#'))).toHaveLength(3 + 3 * 3);
    expect([
      largest('plan') < 1_000,
      largest('call') < 1_000,
      largest('page') < 20_000,
      largest('content') < 400_000,
    ]).toEqual([true, true, true, true]);
  }, 120_000);
});
