import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { foldFacts } from '../../../lambdas/domain/status/proposal.ts';
import { MOST_EVENTS } from '../../../lambdas/store/emails/fact-update.ts';
import { type EmailFacts, factRecorder } from '../../../lambdas/store/emails/record-facts.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';
import { aFact, linesKept } from '../../support/facts.ts';

const at = (second: number, hour = 10) => new Date(Date.UTC(2026, 10, 24, hour, 0, second)).toISOString();
const open = (second: number): Fact => ({ kind: 'opened', at: at(second), details: {} });
const delivered: Fact = { kind: 'delivered', at: at(3), details: { response: '250 ok' } };
const sent: Fact = { kind: 'sent', at: at(1), details: {} };

describe.each(engines())('recording facts on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let emails = 0;

  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const anEmail = (description: EmailFacts['description'] = { subject: 'October statement' }) => {
    const key = { messageId: `message-${emails++}`, recipient: 'ann@example.com' };
    return {
      record: (...facts: readonly Fact[]) =>
        factRecorder(
          documents,
          tables.emailStatus,
        )({
          ...key,
          facts,
          spellings: ['Ann@example.com'],
          movesStatus: true,
          description,
          arrivedAt: '2026-12-01T00:00:00.000Z',
        }),
      item: async () =>
        (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key: key, ConsistentRead: true }))).Item,
      update: (expression: string, values: Record<string, unknown>) =>
        documents.send(
          new UpdateCommand({
            TableName: tables.emailStatus,
            Key: key,
            UpdateExpression: expression,
            ExpressionAttributeNames: { '#status': 'status', '#rank': 'rank' },
            ExpressionAttributeValues: values,
          }),
        ),
    };
  };
  const requestsOf = async (work: () => Promise<unknown>) => {
    const before = requests.length;
    await work();
    return requests.slice(before);
  };

  it('costs one UpdateItem and no read', async () => {
    const email = anEmail();

    expect(await requestsOf(() => email.record(sent, delivered))).toEqual(['UpdateItemCommand']);
    expect(await email.item()).toMatchObject({
      status: 'delivered',
      rank: 200,
      statusAt: delivered.at,
      subject: 'October statement',
    });
  });

  it('costs one rejected UpdateItem when it is repeated, and changes nothing', async () => {
    const email = anEmail();
    await email.record(sent, delivered);
    const before = await email.item();

    expect(await requestsOf(() => email.record(delivered))).toEqual(['UpdateItemCommand']);
    expect(await email.item()).toEqual(before);
  });

  it('adds an older fact beside a stronger one, in two UpdateItems', async () => {
    const email = anEmail();
    await email.record(delivered);

    expect(await requestsOf(() => email.record(sent))).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
    expect(await email.item()).toMatchObject({
      status: 'delivered',
      events: new Set([toLine(sent), toLine(delivered)]),
    });
  });

  it('adds email attributes that only a later event has, though its fact is known', async () => {
    const email = anEmail({ subject: 'October statement', campaignId: 'october' });
    const legacy = { ...email };
    await factRecorder(
      documents,
      tables.emailStatus,
    )({
      messageId: `message-${emails - 1}`,
      recipient: 'ann@example.com',
      facts: [delivered],
      spellings: [],
      arrivedAt: '2026-12-01T00:00:00.000Z',
      movesStatus: true,
      description: {},
    });
    await legacy.record(delivered);

    expect(await email.item()).toMatchObject({ campaignId: 'october', spellings: new Set(['Ann@example.com']) });
  });

  it('outranks every status of the sender, and keeps what else the sender stored', async () => {
    const email = anEmail();
    await email.update('SET #status = :status, #rank = :rank, statusAt = :at, reason = :reason', {
      ':status': 'failed_sending',
      ':rank': 79,
      ':at': at(0),
      ':reason': 'outcome unknown',
    });
    await email.record(sent);

    expect(await email.item()).toMatchObject({
      status: 'sent',
      rank: 100,
      statusAt: sent.at,
      reason: 'outcome unknown',
    });
  });

  it('decides between two statuses of one rank and one time the same way, whichever came first', async () => {
    const soft: Fact = { kind: 'bounced_soft', at: at(4), details: { type: 'Transient' } };
    const undetermined: Fact = { kind: 'bounced_undetermined', at: at(4), details: { type: 'Undetermined' } };
    const [one, other] = [anEmail(), anEmail()];
    await one.record(soft);
    await one.record(undetermined);
    await other.record(undetermined);
    await other.record(soft);

    expect((await one.item())?.status).toBe(foldFacts([soft, undetermined])?.status);
    expect((await other.item())?.status).toBe(foldFacts([soft, undetermined])?.status);
  });

  it('gives the same item with all its attributes, and the status of the fold, in any order and with any repeats', async () => {
    const batches = fc.array(fc.array(aFact, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(batches, fc.infiniteStream(fc.nat()), async (arrivals, random) => {
        const repeated = [...arrivals, ...arrivals.slice(0, 2)]
          .map((facts) => ({ facts, key: random.next().value }))
          .sort((one, other) => one.key - other.key)
          .map(({ facts }) => facts);
        const [one, other, together] = [anEmail(), anEmail(), anEmail()];

        for (const facts of arrivals) await one.record(...facts);
        for (const facts of repeated) await other.record(...facts);
        await Promise.all(arrivals.map((facts) => together.record(...facts)));

        const { messageId: _, ...item } = (await one.item()) ?? {};
        const fold = foldFacts(arrivals.flat());
        expect(await other.item()).toMatchObject(item);
        expect(Object.keys((await other.item()) ?? {}).sort()).toEqual(['messageId', ...Object.keys(item)].sort());
        expect(await together.item()).toMatchObject(item);
        expect(item.events).toEqual(linesKept(arrivals.flat()));
        expect([item.status, item.rank, item.statusAt]).toEqual([fold?.status, fold?.rank, fold?.at]);
      }),
      { numRuns: 60 },
    );
  });

  describe('of an email that a scanner opens thousands of times', () => {
    it('keeps as many as there is room for, records that there were more, and still changes the status', async () => {
      const email = anEmail();
      for (let start = 0; start < 400; start += 40) {
        await email.record(...Array.from({ length: 40 }, (_, index) => open(start + index)));
      }
      await email.record({ kind: 'clicked', at: at(9, 12), details: { link: 'https://club.example' } });
      const item = await email.item();

      expect(item?.events.size).toBeGreaterThanOrEqual(MOST_EVENTS);
      expect(item?.events.size).toBeLessThanOrEqual(MOST_EVENTS + 20);
      expect(item).toMatchObject({ moreEngagement: true, status: 'clicked', rank: 320 });
    });

    it('stays small when they come latest first, each earlier than all before', async () => {
      const email = anEmail();
      for (let second = 300; second > 0; second -= 20) {
        await email.record(...Array.from({ length: 20 }, (_, index) => open(second - index)));
      }
      const item = await email.item();

      expect(item?.events.size).toBeLessThanOrEqual(MOST_EVENTS + 20);
      expect(item).toMatchObject({ moreEngagement: true, status: 'opened', statusAt: at(1) });
    });

    it('never sets a status without its fact, even if only the first writes succeed', async () => {
      const email = anEmail();
      const clicked: Fact = { kind: 'clicked', at: at(30, 12), details: { link: 'https://club.example' } };
      failing(1, 'before it was taken');
      await expect(email.record(...Array.from({ length: 60 }, (_, index) => open(index)), clicked)).rejects.toThrow();
      failing(undefined);
      const item = await email.item();

      expect(item).toMatchObject({ status: 'clicked' });
      expect([...(item?.events ?? [])]).toContain(toLine(clicked));
    });

    it('records every other fact', async () => {
      const email = anEmail();
      await email.record(...Array.from({ length: 300 }, (_, index) => open(index)));
      const complained: Fact = { kind: 'complained', at: at(5, 12), details: { feedback: 'abuse' } };
      await email.record(sent);
      await email.record(delivered, complained);
      const item = await email.item();

      expect([...(item?.events ?? [])]).toEqual(
        expect.arrayContaining([toLine(sent), toLine(delivered), toLine(complained)]),
      );
      expect(item).toMatchObject({ status: 'complained' });
    });
  });
});
