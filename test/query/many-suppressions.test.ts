import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { roundTrips } from '../support/round-trips.ts';

const CHECK = 'POST /v1/suppressions/check';
const IMPORT = 'POST /v1/suppressions/import';
const at = '2026-11-20T10:00:00.000Z';
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

  describe('asked after', () => {
    it('are told in the order of the question, each with why', async () => {
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
        address: 'ann@example.com',
        suppression: { reason: 'bounce', categories: null, suppressedAt: at, causes: ['bounce', 'unsubscribe'] },
      };

      expect([status, body.items]).toEqual([
        200,
        [
          { address: 'zoe@example.com', suppression: null },
          ann,
          { address: 'bo@example.net', suppression: null },
          { address: 'cy@example.com', suppression: null },
          ann,
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

    it('are read as they are now: whoever has just suppressed an address asks next', async () => {
      const asked: unknown[] = [];
      api.documents.middlewareStack.add(
        (next) => (args) => {
          asked.push(...Object.values((args.input as { RequestItems?: object }).RequestItems ?? {}));
          return next(args);
        },
        { step: 'initialize', name: 'asked' },
      );
      await check(['ann@example.com']);

      expect(asked).toEqual([expect.objectContaining({ ConsistentRead: true })]);
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
          { address: 'ann@example.com', result: 'already_suppressed' },
          { address: 'bo@example.net', result: 'suppressed' },
        ],
      ]);
      const one = (email: string) => api.ask('GET /v1/suppressions/{email}', { path: { email } });
      expect((await one('ann@example.com')).body).toMatchObject({
        spellings: ['Ann@Example.com'],
        causes: [{ cause: 'bounce' }, { cause: 'manual', source: 'api', note: 'from the old system' }],
      });
      expect((await one('bo@example.net')).body).toMatchObject({ reason: 'manual', causes: [{ note: null }] });
    });

    it('are what suppressing each of them makes', async () => {
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

    it('are not stored, not one of them, while any is wrong', async () => {
      const { status, body } = await importAll([
        ...[
          { address: 'ann@example.com' },
          { address: 'nobody' },
          { note: 'x' },
          { address: 'bo@example.com', note: 1 },
        ],
      ]);

      expect([status, body.errors.map(({ parameter }: Body) => parameter)]).toEqual([
        400,
        ['suppressions[1].address', 'suppressions[2].address', 'suppressions[3].note'],
      ]);
      expect(await rows()).toEqual([]);
    });

    it('are refused with one address twice, however it is spelled', async () => {
      const { status, body } = await importAll([
        ...[{ address: 'ann@example.com' }, { address: 'bo@example.com' }, { address: 'ANN@example.com', note: 'x' }],
      ]);

      expect([status, body.errors]).toEqual([
        400,
        [{ parameter: 'suppressions[2].address', message: 'is the same address as suppressions[0].address' }],
      ]);
      expect(await rows()).toEqual([]);
    });

    it.each(['before it was taken', 'after it was taken'] as const)(
      'are complete after a repeat, whichever request was lost %s',
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
