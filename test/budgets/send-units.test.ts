import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmailToSend } from '../../lambdas/domain/mailing/jobs.ts';
import { mailing, senderOn, type TestedSender } from '../sending/send-email/sender.ts';
import { capacityOf } from '../support/capacity.ts';
import { engines } from '../support/engine.ts';

const EMAILS = 100;

describe.each(engines())('the cost of sending an email on $name', ({ endpoint }) => {
  let on: TestedSender;
  let capacity: ReturnType<typeof capacityOf>;
  beforeAll(async () => {
    on = await senderOn(endpoint);
    await on.put(mailing());
    capacity = capacityOf(on.client);
  });
  beforeEach(() => on.forget());
  afterAll(() => on.drop());

  const accepted = (name: string) =>
    Promise.all(
      Array.from({ length: EMAILS }, (_, index) =>
        on.accept(`member${index}@example.com`, { messageId: `${name}-${index}`.padEnd(32, 'x') }),
      ),
    );
  /** Units and requests for one of these, handled in batches as from the queue. */
  const costOf = async (name: string) => {
    const emails = await accepted(name);
    const before = { ...capacity(), requests: on.requests.length };
    for (let start = 0; start < EMAILS; start += 10) await on.work(emails.slice(start, start + 10));
    const after = capacity();
    const requests = on.requests.slice(before.requests);
    const each = (units: number) => Math.round((units / EMAILS) * 100) / 100;
    return {
      table: each(after.table + after.refused - before.table - before.refused),
      indexes: each(sum(after.byIndex) - sum(before.byIndex)),
      readUnits: each(after.read - before.read),
      writes: each(requests.filter((request) => request === 'UpdateItemCommand').length),
      reads: each(requests.filter((request) => request !== 'UpdateItemCommand').length),
    };
  };

  it('is at most 2.2 write units on the tables and 7 on the indexes, of two writes and three reads, and a fifth of one for its batch', async () => {
    const cost = await costOf('sent');

    console.log(`an email sent: ${JSON.stringify(cost)}`);
    expect(cost.table).toBeLessThanOrEqual(2.2);
    expect(cost.indexes).toBeLessThanOrEqual(7);
    expect(cost.writes).toBeLessThanOrEqual(2.2);
    expect(cost.reads).toBeLessThanOrEqual(3.2);
    expect(cost.readUnits).toBeLessThanOrEqual(3.2);
  });

  it('is no more for a single message, which is in no campaign’s index and has an index entry by time', async () => {
    const messages = Array.from({ length: EMAILS }, (_, index) => `message-${index}`.padEnd(32, 'x'));
    for (const messageId of messages) await on.put(mailing({ mailingId: `~${messageId}` }));
    const units = () => {
      const { table, refused, byIndex } = capacity();
      return { table: table + refused, indexes: sum(byIndex) };
    };
    const each = (after: number, before: number) => (after - before) / EMAILS;
    const [start, emails] = [units(), [] as EmailToSend[]];
    for (const messageId of messages) {
      const of = mailing({ mailingId: `~${messageId}` });
      emails.push(await on.accept(`${messageId.slice(0, 10)}@example.com`, { messageId, of }));
    }
    const accepted = units();
    for (let first = 0; first < EMAILS; first += 10) await on.work(emails.slice(first, first + 10));
    const sent = units();

    console.log(
      `a single message: accepted ${each(accepted.table, start.table)} + ${each(accepted.indexes, start.indexes)}, sent ${each(sent.table, accepted.table)} + ${each(sent.indexes, accepted.indexes)}`,
    );
    // Its row, and entries by recipient, day and time.
    expect([each(accepted.table, start.table), each(accepted.indexes, start.indexes)]).toEqual([1, 3]);
    expect(each(sent.table, accepted.table)).toBeLessThanOrEqual(2.2);
    // The entry by time is moved and removed; one by SES's id is added.
    expect(each(sent.indexes, accepted.indexes)).toBeLessThanOrEqual(4);
  });

  it('is one write if the quota is used up', async () => {
    on.account.quotaLeft = 0;

    expect(await costOf('depleted')).toMatchObject({ writes: 1 });
  });

  it('is no write while the account is paused', async () => {
    on.account.maxSendRate = 0;

    expect(await costOf('paused')).toMatchObject({ writes: 0 });
  });
});

const sum = (units: Readonly<Record<string, number>>) => Object.values(units).reduce((all, one) => all + one, 0);
