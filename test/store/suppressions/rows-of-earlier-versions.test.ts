import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuppressionChange } from '../../../lambdas/domain/ses-events/suppression-change.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import { SES_GLOBAL_LIST_LASTS } from '../../../lambdas/domain/suppression/global-suppression-list.ts';
import type { CauseName } from '../../../lambdas/domain/suppression/suppression.ts';
import { historyLine } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { later } from '../../../lambdas/domain/values/time.ts';
import { suppressionRecorder } from '../../../lambdas/store/suppressions/record-change.ts';
import { suppressionList } from '../../../lambdas/store/suppressions/suppression-list.ts';
import { readSuppressionRow } from '../../../lambdas/store/suppressions/suppression-row.ts';
import { unsubscribing } from '../../../lambdas/store/suppressions/unsubscribe.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

/** The time of the tests' clock. */
const NOW = '2026-12-01T00:00:00.000Z';
const FUTURE = '2036-11-30T10:00:05.000Z';
const november = (day: number) => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
const BOUNCED = 'bounced_hard Permanent General 5.1.1';
const GLOBAL = 'suppressed Permanent Suppressed 5.1.1';
const record = (at: string, note = BOUNCED) => ({ at, source: 'ses_event', messageId: `m-${at}`, note }) as const;

describe.each(engines())('a suppression that an earlier version wrote, on $name', ({ endpoint }) => {
  const { client, documents, requests } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let people = 0;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const aRow = async (row: Record<string, unknown>) => {
    const address = `ann${people++}@example.com`;
    await documents.send(new PutCommand({ TableName: tables.suppressions, Item: { address, ...row } }));
    const tell = suppressionRecorder(documents, tables.suppressions, () => Date.parse(NOW));
    const list = suppressionList(documents, tables.suppressions);
    const about = { address, spellings: [address] };
    const stored = async () => {
      const { Item } = await documents.send(
        new GetCommand({ TableName: tables.suppressions, Key: { address }, ConsistentRead: true }),
      );
      return Item as Record<string, unknown>;
    };
    return {
      address,
      stored,
      begins: (cause: CauseName, at: string, more: Record<string, unknown> = {}, note = BOUNCED) =>
        tell({ ...about, cause, begins: { ...record(at, note), ...more } }),
      ends: (cause: CauseName, at: string) => tell({ ...about, cause, ends: { at, messageId: 'm', note: 'not_spam' } }),
      tell: (change: Record<string, unknown>) => tell({ ...about, ...change } as unknown as SuppressionChange),
      lift: (now = NOW) => list.lift(address, false, now),
      causes: async (now = NOW) => causesInForce(readSuppressionRow(await stored()), now).map(({ cause }) => cause),
    };
  };

  describe('with a bounce that a clock years ahead dated, and that was removed', () => {
    const immune = () => aRow({ bounce: record(FUTURE), bounceEndedAt: FUTURE, endsOnSesList: true });

    it('is suppressed by the next bounce, from its time on', async () => {
      const ann = await immune();
      expect(await ann.causes()).toEqual([]);
      await ann.begins('bounce', november(30));

      expect(await ann.causes()).toEqual(['bounce']);
      expect(await ann.stored()).toMatchObject({ bounce: record(november(30)) });
    });

    it('is not suppressed after a removal, and suppressed by the bounce after the removal', async () => {
      const ann = await immune();
      await ann.begins('bounce', november(29));
      await ann.lift(november(30));
      expect(await ann.causes()).toEqual([]);
      expect(await ann.stored()).toMatchObject({ bounceEndedAt: november(30) });
      await ann.begins('bounce', november(29));
      expect(await ann.causes()).toEqual([]);
      await ann.begins('bounce', NOW);

      expect(await ann.causes()).toEqual(['bounce']);
    });

    it('is suppressed by SES’s report that the address is on its list', async () => {
      const ann = await immune();
      await ann.begins('bounce', november(30), { onSesList: true }, 'suppressed Permanent OnAccountSuppressionList');

      expect(await ann.causes()).toEqual(['bounce']);
    });
  });

  it('ends at the time of a removal, though it began in the future', async () => {
    const ann = await aRow({ bounce: record(FUTURE), complaintOnSesList: { ...record(FUTURE), onSesList: true } });
    expect(await ann.causes()).toEqual(['complaint', 'bounce']);
    await ann.lift();

    expect(await ann.causes()).toEqual([]);
    expect(await ann.stored()).toMatchObject({ bounceEndedAt: NOW, complaintEndedAt: NOW });
    await ann.begins('bounce', '2026-12-02T00:00:00.000Z');
    expect(await ann.causes('2026-12-02T00:00:00.000Z')).toEqual(['bounce']);
  });

  it.each([
    { complaint: record(FUTURE) },
    { complaint: record(FUTURE), complaintEndedAt: november(2) },
    { complaintOnSesList: { ...record(FUTURE), onSesList: true } },
  ])('with a complaint in the future is ended by not-spam, and begun by a later complaint: %j', async (row) => {
    const ann = await aRow(row);
    await ann.ends('complaint', november(20));
    expect(await ann.causes()).toEqual([]);
    await ann.begins('complaint', november(21));

    expect(await ann.causes()).toEqual(['complaint']);
  });

  it('with an end in the future is suppressed by a complaint that arrives, and not without one', async () => {
    const ann = await aRow({ complaint: record(november(3)), complaintEndedAt: FUTURE });
    expect(await ann.causes()).toEqual([]);
    await ann.begins('complaint', november(2));
    expect(await ann.causes()).toEqual([]);
    await ann.begins('complaint', november(4));

    expect(await ann.causes()).toEqual(['complaint']);
  });

  it('is suppressed by soft bounces in a row, which a removal in the future would cancel for years', async () => {
    const endsAt = '2036-12-30T10:00:05.000Z';
    const ann = await aRow({ repeatedSoftBounce: { ...record(FUTURE), endsAt }, repeatedSoftBounceEndedAt: FUTURE });
    await ann.tell({
      cause: 'repeated_soft_bounce',
      begins: { ...record(november(30), 'soft'), endsAt: '2026-12-30T10:00:00.000Z' },
      unlessEnded: november(20),
    });

    expect(await ann.causes()).toEqual(['repeated_soft_bounce']);
  });

  it('with an opt-out in the future can be resubscribed, and unsubscribed again', async () => {
    const row = { 'unsubscribe:news': record(FUTURE), unsubscribe: record(FUTURE), unsubscribeEndedAt: FUTURE };
    const ann = await aRow(row);
    const { unsubscribe, resubscribe } = unsubscribing(documents, tables.suppressions, () => Date.parse(NOW));
    const wish = { address: ann.address, messageId: 'm' };
    await resubscribe({ ...wish, mail: { category: 'news' }, at: november(29) });
    expect(await ann.causes()).toEqual([]);
    await unsubscribe({ ...wish, mail: 'everything', at: november(29) });
    await unsubscribe({ ...wish, mail: { category: 'news' }, at: november(30) });

    expect(await ann.causes()).toEqual(['unsubscribe', 'unsubscribe']);
  });

  describe('with a report of SES’s global list as a bounce', () => {
    const reported = (more: Record<string, unknown> = {}) => aRow({ bounce: record(november(25), GLOBAL), ...more });

    it.each([november(10), november(30)])('records a bounce of %s all the same', async (at) => {
      const ann = await reported();
      await ann.begins('bounce', at);

      expect(await ann.causes()).toEqual(['bounce', 'ses_global_list']);
      expect(await ann.stored()).toMatchObject({
        bounce: record(at),
        sesGlobalList: { ...record(november(25), GLOBAL), endsAt: '2026-12-09T10:00:00.000Z' },
      });
    });

    it('keeps the later bounce that is in its history', async () => {
      const line = historyLine({ ...record(november(20)), what: 'bounce' });
      const ann = await reported({ history: new Set([line]), bounceEndedAt: november(15) });
      await ann.begins('bounce', november(10));

      expect(await ann.causes()).toEqual(['bounce', 'ses_global_list']);
    });

    it('is not restored by a bounce from before its removal', async () => {
      const ann = await reported({ bounceEndedAt: november(26) });
      await ann.begins('bounce', november(20));
      expect(await ann.causes()).toEqual([]);
      await ann.begins('bounce', november(27));

      expect(await ann.causes()).toEqual(['bounce']);
    });

    it('is removed like any cause, and the row is repaired with that write', async () => {
      const ann = await reported();
      expect((await ann.lift())?.ended).toMatchObject([{ cause: 'ses_global_list' }]);

      expect(await ann.causes()).toEqual([]);
      await ann.begins('ses_global_list', '2026-12-02T00:00:00.000Z', { endsAt: '2026-12-16T00:00:00.000Z' }, GLOBAL);
      expect(await ann.causes('2026-12-03T00:00:00.000Z')).toEqual(['ses_global_list']);
    });
  });

  it('has the same attributes in whatever order its events arrive, and is valid after them', async () => {
    const time = fc.constantFrom(
      november(1),
      november(10),
      november(20),
      november(30),
      FUTURE,
      '2040-01-01T00:00:00.000Z',
    );
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const aRecord = fc.tuple(time, fc.constantFrom(BOUNCED, GLOBAL)).map(([at, note]) => record(at, note));
    const old = fc.record({
      bounce: maybe(aRecord),
      bounceEndedAt: maybe(time),
      bounceOnSesList: maybe(time.map((at) => ({ ...record(at), onSesList: true }))),
      complaint: maybe(time.map((at) => record(at))),
      complaintEndedAt: maybe(time),
      complaintOnSesList: maybe(time.map((at) => ({ ...record(at), onSesList: true }))),
    });
    const past = fc.constantFrom(november(1), november(5), november(10), november(15), november(20), november(30), NOW);
    const event = fc.oneof(
      fc.tuple(fc.constant('bounce' as const), past),
      fc.tuple(fc.constant('complaint' as const), past),
      fc.tuple(fc.constant('on list' as const), past),
      fc.tuple(fc.constant('global list' as const), past),
      fc.tuple(fc.constant('not-spam' as const), past),
    );
    type Person = Awaited<ReturnType<typeof aRow>>;
    const carryOut = async (person: Person, [what, at]: readonly [string, string]) => {
      if (what === 'not-spam') return person.ends('complaint', at);
      if (what === 'on list') return person.begins('bounce', at, { onSesList: true }, 'suppressed Permanent OnAccount');
      if (what === 'global list') {
        return person.begins('ses_global_list', at, { endsAt: later(at, SES_GLOBAL_LIST_LASTS) }, GLOBAL);
      }
      return person.begins(what as CauseName, at);
    };
    await fc.assert(
      fc.asyncProperty(
        old,
        fc.array(event, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (row, events, random) => {
          const kept = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
          const [one, other] = [await aRow(kept), await aRow(kept)];
          const shuffled = [...events, ...events.slice(0, 1)]
            .map((value) => ({ value, key: random.next().value }))
            .sort((first, second) => first.key - second.key);
          for (const value of events) await carryOut(one, value);
          for (const { value } of shuffled) await carryOut(other, value);

          const without = async (person: Person) => {
            const { address: _, spellings: _1, ...item } = await person.stored();
            return item;
          };
          expect(await without(other)).toEqual(await without(one));
          // Whatever was stored: a removal ends the suppression, and the next bounce suppresses the address again.
          await one.lift();
          expect(await one.causes()).toEqual([]);
          await one.begins('bounce', '2026-12-01T00:00:00.001Z');
          expect(await one.causes('2026-12-01T00:00:01.000Z')).toEqual(['bounce']);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('costs one UpdateItem if nothing has to be repaired, and two if something has', async () => {
    const sound = await aRow({ bounce: record(november(3)), bounceEndedAt: november(4) });
    const unsound = await aRow({ bounce: record(FUTURE), bounceEndedAt: FUTURE });
    const updatesOf = async (write: () => Promise<unknown>) => {
      const before = requests.length;
      await write();
      return requests.slice(before).filter((request) => request === 'UpdateItemCommand').length;
    };

    expect(await updatesOf(() => sound.begins('bounce', november(5)))).toBe(1);
    expect(await updatesOf(() => unsound.begins('bounce', november(5)))).toBe(2);
    expect(await updatesOf(() => unsound.begins('bounce', november(6)))).toBe(1);
  });
});
