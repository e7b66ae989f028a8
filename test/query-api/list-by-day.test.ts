import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shardOf } from '../../lambdas/domain/values/digest.ts';
import { DAY, later } from '../../lambdas/domain/values/time.ts';
import { anEmail, anInstant, type DatedEmail, inOrder, someEmails } from '../support/dated-emails.ts';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { roundTrips } from '../support/round-trips.ts';

const LOG = 'GET /v1/messages';
const NOW = '2026-11-25T12:00:00.000Z';

/** Months, one for each run, so that all runs can share a table. */
let months = 0;
const aMonth = () => later('1990-01-01T00:00:00.000Z', months++ * 62 * DAY);

describe.each(engines())('the log of all emails on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const put = (emails: readonly DatedEmail[]) => api.putRows(emails as Parameters<QueryApi['putRows']>[0]);
  const log = (query: string) => api.ask(LOG, { query });

  /** All pages of the log to its end. */
  const pagesOf = async (query: string, limit: number) => {
    const pages: Body[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await log(`${cursor === undefined ? query : `cursor=${cursor}`}&limit=${limit}`);
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.nextCursor;
    } while (cursor !== undefined && pages.length < 400);
    return pages;
  };
  const listed = (pages: readonly Body[]) => pages.flatMap(({ items }) => items);
  const toldBy = ({ createdAt, messageId, recipient }: Body) => `${createdAt} ${shardOf(messageId, recipient)}`;

  it('has each exactly once, newest first, with any page size, filter and window', async () => {
    const aRun = fc.constant(undefined).chain(() => {
      const start = aMonth();
      const aQuestion = fc.record(
        {
          status: fc.constantFrom('delivered', 'bounced_hard', 'bounced*', 'canceled*', 'failed*', 'opened'),
          category: fc.constantFrom('receipt', 'statement'),
          from: anInstant(start),
          to: anInstant(start),
        },
        { requiredKeys: [] },
      );
      const limit = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 100 }));
      const questions = fc.array(fc.tuple(aQuestion, limit), { minLength: 4, maxLength: 4 });
      return fc.record({ start: fc.constant(start), emails: someEmails(start), questions });
    });
    await fc.assert(
      fc.asyncProperty(aRun, async ({ start, emails, questions }) => {
        await put(emails);
        for (const [{ status, category, from = start, to = later(start, 31 * DAY) }, limit] of questions) {
          if (from >= to) continue;
          const filters = Object.entries({ status, category, from, to }).flatMap(([name, value]) =>
            value ? `${name}=${value}` : [],
          );
          const pages = await pagesOf(filters.join('&'), limit);
          const chosen = emails.filter(
            (email) =>
              email.createdAt >= from &&
              email.createdAt < to &&
              (status === undefined ||
                (status.endsWith('*') ? email.status.startsWith(status.slice(0, -1)) : email.status === status)) &&
              (category === undefined || email.category === category),
          );

          expect(listed(pages).map(toldBy)).toEqual(inOrder(chosen));
          expect(new Set(listed(pages).map(({ messageId }) => messageId))).toEqual(
            new Set(chosen.map(({ messageId }) => messageId)),
          );
          for (const { items } of pages.slice(0, -1)) expect(items).toHaveLength(limit);
          for (const { applied } of pages) expect(applied).toEqual({ ...pages[0].applied, from, to });
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);

  describe('by its cost', () => {
    const start = aMonth();
    const window = `from=${start}&to=${later(start, 31 * DAY)}`;
    const busy = later(start, 15 * DAY);
    beforeAll(() =>
      put(
        Array.from({ length: 1_003 }, (_, n) =>
          anEmail(n % 8, n >> 3, later(busy, n * 1_000), n === 100 ? { status: 'complained' } : {}),
        ),
      ),
    );
    const costOf = async (query: string) => {
      const [before, trips] = [api.requests.length, roundTrips(api.documents)];
      const { body } = await log(query);
      const sent = api.requests.slice(before);
      const of = (command: string) => sent.filter((name) => name === command).length;
      return { body, ...trips, queries: of('QueryCommand'), batches: of('BatchGetItemCommand') };
    };

    it.each([25, 100])('a page of %i is one round of eight queries and one BatchGetItem', async (limit) => {
      const day = `from=${busy}&to=${later(busy, DAY)}`;
      const { body, rounds, queries, batches } = await costOf(`${day}&limit=${limit}`);

      expect(body.items).toHaveLength(limit);
      expect([rounds, queries, batches]).toEqual([2, 8, 1]);
    });

    it('the next page costs no more', async () => {
      const { body } = await costOf(window);
      const { rounds, queries, batches } = await costOf(`cursor=${body.nextCursor}`);

      expect([rounds, queries, batches]).toEqual([2, 8, 1]);
    });

    it('a month without emails needs six rounds of at most 64 queries', async () => {
      const empty = later(start, 31 * DAY);
      const { body, rounds, atOnce, queries, batches } = await costOf(`from=${empty}&to=${later(empty, 31 * DAY)}`);

      expect(body).toMatchObject({ items: [] });
      expect(body).not.toHaveProperty('nextCursor');
      expect([rounds, queries, batches]).toEqual([6, 31 * 8, 0]);
      expect(atOnce).toBeLessThanOrEqual(64);
    });

    it('15 empty days before the newest email need four more rounds', async () => {
      expect(await costOf(window)).toMatchObject({ rounds: 6, queries: 23 * 8, batches: 1 });
    });

    it('at most 500 emails are examined for an answer, so that a page may be empty and not the last', async () => {
      const pages = await pagesOf(`${window}&status=complained`, 25);
      const { batches } = await costOf(`${window}&status=complained`);

      expect(pages.map(({ items }) => items.length)).toEqual([0, 1, 0]);
      expect(batches).toBe(6);
    });
  });

  it('has no next page when the last one is exactly full', async () => {
    const start = aMonth();
    await put(Array.from({ length: 10 }, (_, n) => anEmail(n % 8, n, later(start, n * DAY))));
    const window = `from=${start}&to=${later(start, 31 * DAY)}`;

    expect((await log(`${window}&limit=10`)).body).not.toHaveProperty('nextCursor');
    expect((await log(`${window}&limit=9`)).body).toHaveProperty('nextCursor');
  });

  it('begins 7 days before now, and a cursor keeps that window as time passes', async () => {
    const since = later(NOW, -7 * DAY);
    await put([
      ...[since, later(NOW, -1)].map((time) => anEmail(3, Date.parse(time) % 7, time)),
      ...[later(since, -1), NOW].map((time) => anEmail(4, Date.parse(time) % 7, time)),
    ]);
    api.clock.now = NOW;
    const { body } = await log('limit=1');
    api.clock.now = later(NOW, 3_600_000);
    const next = await log(`cursor=${body.nextCursor}&limit=1`);

    expect([...body.items, ...next.body.items].map(({ createdAt }) => createdAt)).toEqual([later(NOW, -1), since]);
    expect(next.body).not.toHaveProperty('nextCursor');
    expect(next.body.applied).toEqual({
      ...{ from: since, to: NOW, status: null, category: null, limit: 1, vocabulary: 'mailtrail' },
    });
  });

  it.each([
    [`from=2026-10-25T11:59:59.999Z`, 'from must be at most 31 days before to, which is now unless given'],
    [`from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00.001Z`, expect.stringMatching(/^from must be at most 31 days/)],
    [`from=2026-11-25T12:00:00Z`, 'to must be later than from; it is now unless given'],
    ['status=bounced_*', expect.stringMatching(/^status must be one of .*bounced\*, canceled\*, failed\*$/)],
    ['category=', 'category must not be empty'],
  ])('refuses %s', async (query, expected) => {
    api.clock.now = NOW;
    const { status, body } = await log(query);

    expect([status, body.errors.map(({ parameter, message }: Body) => `${parameter} ${message}`)]).toEqual([
      400,
      [expected],
    ]);
  });

  it('accepts 31 days, and a window before the year 1', async () => {
    expect((await log('from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z')).status).toBe(200);
    expect((await log('to=0000-01-02T00:00:00Z')).body.applied).toMatchObject({ from: '0000-01-01T00:00:00.000Z' });
  });
});
