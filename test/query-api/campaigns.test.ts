import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardOf } from '../../lambdas/domain/values/digest.ts';
import { writeCursor } from '../../lambdas/http/cursor.ts';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';

const CAMPAIGN = 'GET /v1/campaigns/{campaignId}';
const RECIPIENTS = 'GET /v1/campaigns/{campaignId}/recipients';

const STATUSES = ['delivered', 'bounced_hard', 'bounced_soft', 'sent', 'canceled_duplicate'] as const;
/** Few recipients, so that one has several emails of one status, in one shard and in different ones. */
const emails = Array.from({ length: 83 }, (_, index) => {
  const [messageId, recipient] = [`m${(index * 7919) % 1000}`, `member${index % 7}@example.com`];
  return {
    ...{ messageId, recipient, campaignId: 'october', createdAt: '2026-11-24T10:00:00.000Z' },
    ...{
      campaignShard: `october/${shardOf(messageId, recipient)}`,
      status: STATUSES[index % STATUSES.length],
      rank: 200,
    },
  } as Partial<EmailStatus> & { messageId: string; status: string; recipient: string };
});

describe.each(engines())('a campaign on $name', ({ endpoint, kind }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
    await api.putRows(emails);
  });
  afterAll(() => api.tables.drop());
  const list = (query: string) => api.ask(RECIPIENTS, { path: { campaignId: 'october' }, query });

  it('lists each email exactly once, by status and recipient, with any page size', async () => {
    const filter = fc.constantFrom(undefined, ...STATUSES, 'bounced*', 'canceled*', 'failed*', 'opened');
    await fc.assert(
      fc.asyncProperty(filter, fc.integer({ min: 1, max: 100 }), async (status, limit) => {
        const items: EmailStatus[] = [];
        let cursor: string | undefined;
        do {
          const query = cursor ? `cursor=${cursor}` : status ? `status=${status}` : '';
          const { body } = await list(`${query}&limit=${limit}`);
          items.push(...body.items);
          cursor = body.nextCursor;
          expect(body.applied.status).toBe(status ?? null);
          if (cursor) expect(body.items).toHaveLength(limit);
        } while (cursor !== undefined && items.length < 200);
        const wanted = emails.filter((one) =>
          status === undefined
            ? true
            : status.endsWith('*')
              ? one.status.startsWith(status.slice(0, -1))
              : one.status === status,
        );

        expect(items.map(nameOf).toSorted()).toEqual(wanted.map(nameOf).toSorted());
        // The native engine does not sort by the second attribute of a sort key.
        const order = items.map((one) => (kind === 'native' ? one.status : `${one.status} ${one.recipient}`));
        expect(order).toEqual(order.toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('needs the same number of requests for every page, whatever its size, its position and the status', async () => {
    const { body } = await list('limit=10');
    for (const query of ['limit=1', 'limit=100', `cursor=${body.nextCursor}`, 'status=bounced*']) {
      const before = api.requests.length;
      await list(query);

      expect(api.requests.slice(before)).toEqual([...Array(8).fill('QueryCommand'), 'BatchGetItemCommand']);
    }
  });

  it('rejects an unknown status, and another campaign’s cursor', async () => {
    const { body } = await list('limit=10');
    const others = { path: { campaignId: 'november' }, query: `cursor=${body.nextCursor}` };

    const forged = writeCursor(JSON.stringify([RECIPIENTS, 'october']), {
      after: Object.fromEntries(
        Array.from({ length: 8 }, (_, shard) => [shard, { status: 'sent', recipient: 'a', messageId: 'm' }]),
      ),
      filters: { status: 'delivered' },
    });

    expect((await list(`cursor=${forged}`)).status).toBe(400);
    expect((await list('status=bounced')).status).toBe(400);
    expect((await list('status=b*')).status).toBe(400);
    expect((await api.ask(RECIPIENTS, others)).status).toBe(400);
  });

  it('without emails is not found, and its list is empty', async () => {
    const unknown = { path: { campaignId: 'november' } };

    expect((await api.ask(CAMPAIGN, unknown)).status).toBe(404);
    expect((await api.ask(RECIPIENTS, unknown)).body.items).toEqual([]);
  });

  it('has its numbers, in the requested vocabulary', async () => {
    const Item = {
      ...{ campaignId: 'spring', recipients: 3, delivered: 0, opened: 2, bounced_hard: 1, simulator_bounced_hard: 1 },
      ...{ opens: 5, uniqueOpens: 2, machineOpens: 1, uniqueMachineOpens: 1, writes: 4 },
      ...{ firstActivityAt: '2026-11-24T10:00:00.000Z', lastActivityAt: '2026-11-24T12:00:00.000Z' },
      positions: { 'shardId-1': { sequence: '1', at: '2026-11-24T12:00:00.000Z' } },
    };
    await api.documents.send(new PutCommand({ TableName: api.tables.campaigns, Item }));
    const { body } = await api.ask(CAMPAIGN, { path: { campaignId: 'spring' }, query: 'vocabulary=clubspot' });

    expect(body).toEqual({
      ...{ campaignId: 'spring', state: null, sendAt: null, expiresAt: null },
      ...{ recipients: 3, counts: { opened: 2, bounced_hard: 1 } },
      labels: { opened: 'Opened', bounced_hard: 'Bounced (Hard Bounce)' },
      opens: { unique: 2, total: 5 },
      clicks: { unique: 0, total: 0 },
      machineOpens: { unique: 1, total: 1 },
      machineClicks: { unique: 0, total: 0 },
      countsAreFloor: false,
      rates: {
        delivery: { value: 2 / 3, numerator: 2, denominator: 3 },
        bounce: { value: 0, numerator: 0, denominator: 2 },
        complaint: { value: 0, numerator: 0, denominator: 2 },
        uniqueOpen: { value: 1, numerator: 2, denominator: 2 },
        uniqueClick: { value: 0, numerator: 0, denominator: 2 },
      },
      firstActivityAt: '2026-11-24T10:00:00.000Z',
      lastActivityAt: '2026-11-24T12:00:00.000Z',
    });
  });
});

const nameOf = ({ messageId, recipient }: { messageId: string; recipient: string }) => `${messageId} ${recipient}`;
