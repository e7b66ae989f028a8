import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';

const LIST = 'GET /v1/suppressions';
const at = '2026-11-20T10:00:00.000Z';
const cause = (more: object = {}) => ({ at, source: 'ses_event', messageId: 'm1', ...more });

/** 640 rows: few in force among many that have ended. */
const rows = Array.from({ length: 640 }, (_, index) => {
  const address = `p${index}@example.com`;
  switch (index % 8) {
    case 0:
      return { address, bounce: cause(), bounceEndedAt: index % 16 === 0 ? at : '2026-11-19T10:00:00.000Z' };
    case 1:
      return { address, complaint: cause({ at: '2026-11-22T10:00:00.000Z' }), bounce: cause() };
    case 2:
      return { address, repeatedSoftBounce: cause({ endsAt: '2026-11-25T12:00:00.000Z' }) };
    case 3:
      return { address, unsubscribe: cause({ source: 'unsubscribe', at: '2026-11-23T10:00:00.000Z' }) };
    default:
      return { address, manual: cause({ source: 'api' }), manualEndedAt: '2026-11-21T10:00:00.000Z' };
  }
});
const named = (choose: (index: number) => boolean) =>
  rows.flatMap(({ address }, index) => (choose(index) ? [address] : [])).toSorted();

describe.each(engines())('the list of suppressions on $name', ({ endpoint }) => {
  let api: QueryApi;
  const startWith = async (some: readonly object[]) => {
    const started = await startQueryApi(endpoint);
    await started.putSuppressions(some);
    return started;
  };
  beforeAll(async () => {
    api = await startWith(rows);
  });
  afterAll(() => api.tables.drop());

  const pagesOf = async (query: string, limit: number) => {
    const pages: Body[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await api.ask(LIST, { query: `${cursor ? `cursor=${cursor}` : query}&limit=${limit}` });
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.nextCursor;
    } while (cursor !== undefined && pages.length < 200);
    return pages;
  };
  const addresses = (pages: readonly Body[]) =>
    pages.flatMap(({ items }) => items.map(({ address }: Body) => address)).toSorted();

  it.each([1, 25, 100])('has every suppression in force, each address once, %i at a time', async (limit) => {
    const pages = await pagesOf('', limit);

    expect(addresses(pages)).toEqual(named((index) => index % 16 === 8 || index % 8 === 1 || index % 8 === 3));
    expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
  });

  it('is filtered by the strongest cause', async () => {
    expect(addresses(await pagesOf('reason=bounce', 100))).toEqual(named((index) => index % 16 === 8));
    expect(addresses(await pagesOf('reason=repeated_soft_bounce', 100))).toEqual([]);
  });

  it('is filtered by when the earliest cause began', async () => {
    const from = `from=${at}&to=2026-11-22T10:00:00Z`;

    expect(addresses(await pagesOf(from, 100))).toEqual(named((index) => index % 16 === 8 || index % 8 === 1));
    expect(addresses(await pagesOf(`to=${at}`, 100))).toEqual([]);
  });

  it('is examined 500 rows at a time, so that a page may be empty and not the last', async () => {
    const pages = await pagesOf('reason=manual', 100);

    expect(pages.map(({ items }) => items.length)).toEqual([0, 0]);
  });

  it('has no next page after 500 rows when there are no more', async () => {
    const exact = await startWith(rows.slice(0, 500));
    const { body } = await exact.ask(LIST, { query: 'reason=manual' });
    await exact.tables.drop();

    expect(body).not.toHaveProperty('nextCursor');
  });

  it('has the filters that were applied', async () => {
    expect((await api.ask(LIST, { query: 'reason=bounce' })).body.applied).toEqual({
      reason: 'bounce',
      from: null,
      to: null,
      limit: 25,
    });
  });
});
