import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmailStatus } from '../../lambdas/store/emails/email.ts';
import { engines } from '../support/engine.ts';
import { type QueryApi, startQueryApi } from '../support/query-api.ts';

const LIST = 'GET /v1/recipients/{email}/messages';
const RECIPIENT = 'GET /v1/recipients/{email}';
const ANN = 'ann@example.com';
const BUSY = 'busy@example.com';

/** Emails to Ann: few times, so that many are equal and pages end among them; some without a status yet. */
const times = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.001Z', '2026-11-21T10:00:00.000Z'];
const statuses = ['delivered', 'bounced_hard', 'sent', undefined] as const;
const anns = Array.from({ length: 41 }, (_, index) => ({
  messageId: `m${String(index * 7919).padStart(6, '0')}`,
  recipient: ANN,
  createdAt: times[index % times.length] ?? '',
  ...(statuses[index % 4] && { status: statuses[index % 4], rank: 100, statusAt: '2026-11-21T10:00:00.000Z' }),
})) as readonly (Partial<EmailStatus> & { messageId: string; createdAt: string })[];

describe.each(engines())('the emails of an address on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
    await api.putRows(anns);
    await api.putRows(
      Array.from({ length: 1_003 }, (_, index) => ({
        messageId: `b${index}`,
        recipient: BUSY,
        createdAt: new Date(Date.parse('2026-11-01T00:00:00Z') + index * 60_000).toISOString(),
        ...{ status: index === 100 ? 'complained' : 'delivered', rank: 200 },
      })) as Partial<EmailStatus>[],
    );
  });
  afterAll(() => api.tables.drop());
  const list = (email: string, query: string) => api.ask(LIST, { path: { email }, query });

  /** All pages of a list to its end. */
  const pagesOf = async (email: string, query: string, limit: number) => {
    const pages = [];
    let cursor: string | undefined;
    do {
      const following = cursor === undefined ? query : `cursor=${cursor}`;
      const { status, body } = await list(email, `${following}&limit=${limit}`);
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.nextCursor;
    } while (cursor !== undefined && pages.length < 100);
    return pages;
  };

  it('are each listed exactly once, newest first, with any page size, filter and window', async () => {
    const aFilter = fc.record(
      {
        status: fc.constantFrom('delivered', 'bounced_hard', 'sent', 'complained'),
        from: fc.constantFrom(...times),
        to: fc.constantFrom(...times, '2026-11-21T10:00:00.001Z'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(aFilter, fc.integer({ min: 1, max: 43 }), async ({ status, from, to }, limit) => {
        fc.pre(from === undefined || to === undefined || from < to);
        const query = Object.entries({ status, from, to }).flatMap(([name, value]) =>
          value ? `${name}=${value}` : [],
        );
        const pages = await pagesOf(ANN, query.join('&'), limit);
        const items: EmailStatus[] = pages.flatMap(({ items }) => items);
        const expected = anns.filter(
          (email) =>
            (status === undefined || (email.status ?? 'sent') === status) &&
            (from === undefined || email.createdAt >= from) &&
            (to === undefined || email.createdAt < to),
        );

        expect(items.map(({ messageId }) => messageId).toSorted()).toEqual(
          expected.map(({ messageId }) => messageId).toSorted(),
        );
        expect(items.map(({ createdAt }) => createdAt)).toEqual(
          expected
            .map(({ createdAt }) => createdAt)
            .toSorted()
            .reverse(),
        );
        for (const { items } of pages.slice(0, status ? 0 : -1)) expect(items).toHaveLength(limit);
        for (const { applied } of pages) expect(applied).toEqual(pages[0].applied);
      }),
      { numRuns: 40 },
    );
  });

  it('have no next page when the last one is exactly full', async () => {
    expect((await list(ANN, 'limit=41')).body).not.toHaveProperty('nextCursor');
    expect((await list(ANN, 'limit=40')).body).toHaveProperty('nextCursor');
  });

  it('cost one Query and one BatchGetItem a page', async () => {
    const before = api.requests.length;
    const { body } = await list(BUSY, '');

    expect(body.items).toHaveLength(25);
    expect(api.requests.slice(before)).toEqual(['QueryCommand', 'BatchGetItemCommand']);
  });

  it('cost the same for 100', async () => {
    const before = api.requests.length;
    await list(BUSY, 'limit=100');

    expect(api.requests.slice(before)).toEqual(['QueryCommand', 'BatchGetItemCommand']);
  });

  it('are examined 500 at a time by a filter, so that a page may be empty and not the last', async () => {
    const pages = await pagesOf(BUSY, 'status=complained', 25);

    expect(pages.map(({ items }) => items.length)).toEqual([0, 1, 0].slice(0, pages.length));
    expect(pages.flatMap(({ items }) => items).map(({ messageId }) => messageId)).toEqual(['b100']);
    expect(pages).toHaveLength(3);
  });

  it('have no events in a list', async () => {
    expect((await list(ANN, '')).body.items[0]).not.toHaveProperty('events');
  });

  it('have the filters that were applied', async () => {
    expect((await list(ANN, 'from=2026-11-20T11:00:00%2B01:00&vocabulary=creatio')).body.applied).toEqual({
      from: '2026-11-20T10:00:00.000Z',
      to: null,
      status: null,
      limit: 25,
      vocabulary: 'creatio',
    });
  });

  it('reject an altered cursor', async () => {
    const { nextCursor } = (await list(ANN, 'limit=1')).body;
    const { status, body } = await list(ANN, `cursor=${nextCursor.slice(0, -2)}AA`);

    expect([status, body.errors[0].parameter]).toEqual([400, 'cursor']);
  });

  it('are none for an address without emails', async () => {
    expect(await list('zoe@example.com', '')).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('include the newest one, which is also returned with the address', async () => {
    const { body } = await api.ask(RECIPIENT, { path: { email: 'BUSY@example.com' }, query: 'vocabulary=tipimail' });

    expect(body).toEqual({
      address: BUSY,
      suppression: null,
      lastStatus: 'delivered',
      lastLabel: 'Delivered',
      lastStatusAt: null,
      lastMessageId: 'b1002',
    });
  });

  it('are empty for an unknown address, which is not a 404', async () => {
    expect(await api.ask(RECIPIENT, { path: { email: 'zoe@example.com' } })).toEqual({
      status: 200,
      body: {
        address: 'zoe@example.com',
        suppression: null,
        lastStatus: null,
        lastLabel: null,
        lastStatusAt: null,
        lastMessageId: null,
      },
    });
  });
});
