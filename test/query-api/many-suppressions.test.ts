import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { roundTrips } from '../support/round-trips.ts';

const CHECK = 'POST /v1/suppressions/check';
const IMPORT = 'POST /v1/suppressions/import';
const at = '2026-11-20T10:00:00.000Z';
const none = { result: 'not_suppressed', message: null, suppression: null };
const people = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.com`);

describe.each(engines())('many suppressions on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeEach(async () => {
    api = await startQueryApi(endpoint);
  });
  afterEach(() => api.tables.drop());
  const check = (addresses: readonly string[]) => api.ask(CHECK, { body: JSON.stringify({ addresses }) });
  const importAll = (suppressions: readonly object[]) => api.ask(IMPORT, { body: JSON.stringify({ suppressions }) });
  const rows = async () =>
    (await api.documents.send(new ScanCommand({ TableName: api.tables.suppressions, ConsistentRead: true }))).Items ??
    [];
  const results = ({ items }: Body) => items.map(({ result }: Body) => result);
  const requestsOf = async (ask: () => Promise<unknown>) => {
    const before = api.requests.length;
    await ask();
    return api.requests.slice(before);
  };

  describe('checked', () => {
    it('are returned in the order of the request, each with its causes', async () => {
      await api.putSuppressions([
        { address: 'ann@example.com', bounce: { at, source: 'ses_event' }, unsubscribe: { at, source: 'unsubscribe' } },
        { address: 'bo@example.net', manual: { at, source: 'api', note: 'x' }, manualEndedAt: at },
        {
          address: 'cy@example.com',
          repeatedSoftBounce: { at, source: 'ses_event', endsAt: '2026-11-25T12:00:00.000Z' },
        },
      ]);
      const { status, body } = await check([
        ...['zoe@example.com', 'Ann <ANN@example.com>', 'bo@example.net', 'cy@example.com', 'ann@example.com'],
      ]);
      const ann = {
        ...{ address: 'ann@example.com', result: 'suppressed', message: null },
        suppression: {
          reason: 'bounce',
          stops: 'all',
          categories: null,
          suppressedAt: at,
          causes: ['bounce', 'unsubscribe'],
        },
      };

      expect([status, body.items]).toEqual([
        200,
        [
          { address: 'zoe@example.com', ...none },
          ann,
          { address: 'bo@example.net', ...none },
          { address: 'cy@example.com', ...none },
          ann,
        ],
      ]);
    });

    it('are returned although other addresses are invalid', async () => {
      await api.putSuppressions([{ address: 'ann@example.com', manual: { at, source: 'api' } }]);
      const { status, body } = await check(['typo@@example.com', 'ann@example.com', 7 as never, null as never]);

      expect([status, body.items.map((one: Body) => [one.address, one.result, one.message])]).toEqual([
        200,
        [
          ['typo@@example.com', 'invalid', 'must be one email address'],
          ['ann@example.com', 'suppressed', null],
          [null, 'invalid', 'must be text; leave it out where there is none'],
          [null, 'invalid', 'must be text; leave it out where there is none'],
        ],
      ]);
    });

    it('are read a hundred at a time, and five hundred at once', async () => {
      await api.putSuppressions(people(1_000).map((address) => ({ address, manual: { at, source: 'api' } })));
      const trips = roundTrips(api.documents);
      const requests = await requestsOf(async () => {
        const { body } = await check(people(1_000));

        expect(body.items.map(({ address }: Body) => address)).toEqual(people(1_000));
        expect(body.items.every(({ suppression }: Body) => suppression?.reason === 'manual')).toBe(true);
      });

      expect(requests).toEqual(Array(10).fill('BatchGetItemCommand'));
      expect(trips.atOnce).toBe(5);
    });

    it('are read consistently: a check may follow a suppression at once', async () => {
      const requested: unknown[] = [];
      api.documents.middlewareStack.add(
        (next) => (args) => {
          requested.push(...Object.values((args.input as { RequestItems?: object }).RequestItems ?? {}));
          return next(args);
        },
        { step: 'initialize', name: 'requested' },
      );
      await check(['ann@example.com']);

      expect(requested).toEqual([expect.objectContaining({ ConsistentRead: true })]);
    });
  });

  describe('imported', () => {
    it('are suppressed by hand, each with its note and a result', async () => {
      await api.putSuppressions([{ address: 'ann@example.com', bounce: { at, source: 'ses_event' } }]);
      const { status, body } = await importAll([
        { address: 'Ann@Example.com', note: ' from the old system ' },
        { address: 'bo@example.net', note: ' ' },
      ]);

      expect([status, body.items]).toEqual([
        200,
        [
          { address: 'ann@example.com', result: 'already_suppressed', message: null },
          { address: 'bo@example.net', result: 'suppressed', message: null },
        ],
      ]);
      const one = (email: string) => api.ask('GET /v1/suppressions/{email}', { path: { email } });
      expect((await one('ann@example.com')).body).toMatchObject({
        spellings: ['Ann@Example.com'],
        causes: [{ cause: 'bounce' }, { cause: 'manual', source: 'api', note: 'from the old system' }],
      });
      expect((await one('bo@example.net')).body).toMatchObject({ reason: 'manual', causes: [{ note: null }] });
    });

    it('equal those from suppressing each address', async () => {
      const [address, note] = ['Ann@Example.com', 'asked'];
      await importAll([{ address, note }, { address: 'bo@example.com' }]);
      const imported = await rows();
      await Promise.all(
        imported.map(({ address: email }) => api.ask('DELETE /v1/suppressions/{email}', { path: { email } })),
      );
      await api.tables.drop();
      api = await startQueryApi(endpoint);
      await api.ask('PUT /v1/suppressions/{email}', { path: { email: address }, body: JSON.stringify({ note }) });
      await api.ask('PUT /v1/suppressions/{email}', { path: { email: 'bo@example.com' } });

      expect((await rows()).toSorted(byAddress)).toEqual(imported.toSorted(byAddress));
    });

    it('change nothing when they are imported again, and cost no write', async () => {
      const all = people(150).map((address) => ({ address, note: 'from the old system' }));
      await importAll(all);
      const before = await rows();
      api.clock.now = '2026-11-26T12:00:00.000Z';
      const requests = await requestsOf(async () => {
        expect(new Set(results((await importAll(all)).body))).toEqual(new Set(['already_suppressed']));
      });

      expect((await rows()).toSorted(byAddress)).toEqual(before.toSorted(byAddress));
      expect(requests).toEqual(['BatchGetItemCommand', 'BatchGetItemCommand']);
    });

    it('are stored except invalid ones, which have an error in their place', async () => {
      const { status, body } = await importAll([
        { address: 'ann@example.com', note: null },
        { address: 'nobody@' },
        { note: 'x' },
        { address: 'bo@example.com', note: 1 },
        { address: 'cy@example.com', note: 'x'.repeat(501) },
        { address: 'di@example.com', nota: 'x' },
        7 as never,
        { address: 'eve@example.com', note: 'asked' },
      ]);
      const none = 'must be text; leave it out where there is none';

      expect([status, body.items.map((one: Body) => [one.address, one.result, one.message])]).toEqual([
        200,
        [
          ['ann@example.com', 'suppressed', null],
          ['nobody@', 'invalid', 'address must be one email address'],
          [null, 'invalid', 'address is missing'],
          ['bo@example.com', 'invalid', `note ${none}`],
          ['cy@example.com', 'invalid', 'note must have at most 500 characters'],
          ['di@example.com', 'invalid', 'nota is no known field; known here: address, note'],
          [null, 'invalid', 'must be an object'],
          ['eve@example.com', 'suppressed', null],
        ],
      ]);
      expect((await rows()).map(({ address }) => address).toSorted()).toEqual(['ann@example.com', 'eve@example.com']);
    });

    it('are stored once for a repeated address, by the first valid entry', async () => {
      const { status, body } = await importAll([
        { address: 'ann@example.com', note: 7 },
        { address: 'ANN@example.com', note: 'right' },
        { address: 'bo@example.com' },
        { address: 'Ann <ann\u200b@example.com>', note: 'again' },
        { address: 'ann@example.com', note: 7 },
      ]);

      expect([status, results(body)]).toEqual([200, ['invalid', 'suppressed', 'suppressed', 'duplicate', 'invalid']]);
      expect(body.items[3].message).toBe('is the same address as suppressions[1].address');
      expect((await rows()).find(({ address }) => address === 'ann@example.com')?.manual.note).toBe('right');
    });

    it('do not fail the request if all are invalid', async () => {
      const { status, body } = await importAll([{ address: 'nobody' }, {}]);

      expect([status, results(body)]).toEqual([200, ['invalid', 'invalid']]);
      expect(await rows()).toEqual([]);
    });

    it.each(['before it was taken', 'after it was taken'] as const)(
      'are complete after a repeated request, whichever one was lost %s',
      async (moment) => {
        const everybody: string[] = [];
        for (const lost of [0, 1, 7, 40]) {
          const all = people(40).map((address) => ({ address: `${lost}${address}`, note: 'from the old system' }));
          everybody.push(...all.map(({ address }) => address));
          api.failing(lost, moment);
          expect((await importAll(all)).status).toBe(500);
          expect((await importAll(all)).status).toBe(200);
        }

        expect((await rows()).map(({ address }) => address).toSorted()).toEqual(everybody.toSorted());
        for (const { history, manual } of await rows()) {
          expect([history.size, manual.note]).toEqual([1, 'from the old system']);
        }
      },
    );

    it('are written at most 32 at once', async () => {
      const trips = roundTrips(api.documents);
      await importAll(people(120).map((address) => ({ address })));

      expect(trips.atOnce).toBe(32);
    });
  });
});

const byAddress = (one: Body, other: Body) => one.address.localeCompare(other.address);
