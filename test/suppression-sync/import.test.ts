import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures } from '../../lambdas/store/erasures/erasures.ts';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { createHandler } from '../../lambdas/suppression-sync/import-suppressions/handler.ts';
import { engines } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('the import on $name', ({ endpoint }) => {
  let ses: FaultySes = faultySes();
  let table: Awaited<ReturnType<typeof mirroredTable>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    table = await mirroredTable(endpoint, () => ses);
  });
  afterAll(() => table?.drop());
  beforeEach(() => {
    ses = faultySes();
    table.work.length = 0;
    ann = `ann${people++}@example.com`;
  });

  const bringIn = (pages?: number, time = 900_000) => {
    const until = ses.clock.now() + time;
    const suppressions = importedSuppressions(table.documents, table.table);
    const marks = erasures(table.documents, table.erasures);
    const handler = createHandler({
      ...{ suppressions, listFor: ses.listFor, now: ses.now, erasures: marks, ...silent() },
      erasedPeople: erasedReader(table.documents, table.erasures),
    });
    return handler(pages === undefined ? {} : { pages }, { getRemainingTimeInMillis: () => until - ses.clock.now() });
  };

  it('brings in what the table lacks, as SES’s word, and makes no work of it', async () => {
    ses.put(ann.toUpperCase(), 'BOUNCE');
    ses.put(`x${ann}`, 'COMPLAINT');

    expect(await bringIn()).toEqual({ pages: 1, entries: 2, imported: 2, done: true });
    expect(await table.rows.get(ann)).toMatchObject({
      spellings: [ann.toUpperCase()],
      bounce: { source: 'ses_list', at: '2026-11-25T12:00:00.000Z', onSesList: true },
    });
    expect(await table.rows.get(`x${ann}`)).toMatchObject({ complaint: { source: 'ses_list' } });
    expect([await table.streamed(ann), await table.streamed(`x${ann}`)]).toEqual([[], []]);
  });

  it('changes nothing the second time', async () => {
    ses.put(ann, 'BOUNCE');
    await bringIn();
    const row = await table.rows.get(ann);

    expect(await bringIn()).toMatchObject({ imported: 0 });
    expect(await table.rows.get(ann)).toEqual(row);
  });

  it('lacks nothing of what the mirror put there itself, but a complaint that only SES knows of', async () => {
    await table.suppress(ann);
    await table.mirror(ann);
    expect(await bringIn()).toMatchObject({ imported: 0 });

    ses.put(ann, 'COMPLAINT', ses.clock.now() + 5_000);
    expect(await bringIn()).toMatchObject({ imported: 1 });
    expect(await table.rows.get(ann)).toMatchObject({ complaint: { source: 'ses_list' }, manual: {} });
  });

  describe('does not bring back what a person lifted', () => {
    beforeEach(() => table.begins(ann, 'bounce'));

    it('while the mirror has yet to take it off', async () => {
      await table.mirror(ann);
      await table.lift(ann);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
    });

    it('while the mirror was putting it on, later than the lifting', async () => {
      ses.state.during = async (call) => void (call === 2 && (await table.lift(ann)));
      ses.state.turns = ['well', 'answer lost', ...Array(20).fill('failed')];
      expect(await table.mirror(ann)).toBe(false);

      ses.state.turns = [];
      ses.state.during = async () => {};
      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      await table.mirror(ann);
      expect([...ses.entries]).toEqual([]);
    });

    it('of a page that SES gave before the mirror took it off', async () => {
      await table.mirror(ann);
      const page = await ses.listFor(() => 60_000).page(undefined);
      await table.lift(ann);
      await table.mirror(ann);
      const suppressions = importedSuppressions(table.documents, table.table);

      expect([page.entries.length, await suppressions.bringIn(page.entries, ses.now())]).toEqual([1, 0]);
    });

    it('of a page on which stands what the mirror had put there later than the lifting', async () => {
      ses.state.during = async (call) => void (call === 2 && (await table.lift(ann)));
      ses.state.turns = ['well', 'answer lost', ...Array(20).fill('failed')];
      await table.mirror(ann);
      ses.state.turns = [];
      ses.state.during = async () => {};
      const page = await ses.listFor(() => 60_000).page(undefined);
      await table.mirror(ann);
      const suppressions = importedSuppressions(table.documents, table.table);

      expect([page.entries.length, await suppressions.bringIn(page.entries, ses.now())]).toEqual([1, 0]);
    });

    it('nor a complaint that ended, where a bounce goes on', async () => {
      await table.begins(ann, 'complaint');
      await table.mirror(ann);
      await table.ends(ann);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
    });

    it('nor a complaint that the mirror put there later than it ended, where a bounce goes on', async () => {
      await table.begins(ann, 'complaint');
      ses.state.during = async (call) => void (call === 2 && (await table.ends(ann)));
      await table.mirror(ann);
      await ses.clock.sleep(60_000);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      const item = await table.rows.get(ann);
      expect(item && causesInForce(item, ses.now()).map(({ cause }) => cause)).toEqual(['bounce']);
    });

    it('but has the spelling that was not known taken off too', async () => {
      ses.put(ann.toUpperCase(), 'BOUNCE');
      await table.lift(ann);
      await table.mirror(ann);
      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      expect(await table.streamed(ann)).toHaveLength(1);
      await table.mirror(ann);

      expect([...ses.entries]).toEqual([]);
    });

    it('but what SES added since', async () => {
      await table.lift(ann);
      await table.mirror(ann);
      ses.put(ann, 'BOUNCE', ses.clock.now() + 5_000);

      expect(await bringIn()).toMatchObject({ imported: 1 });
    });
  });

  it('begins anew where SES takes the token no more', async () => {
    for (let number = 0; number < 7; number++) ses.put(`${number}${ann}`, 'BOUNCE');
    await bringIn(1);
    ses.state.turns = ['refused'];

    expect(await bringIn()).toMatchObject({ pages: 3, entries: 7, done: true });
  });

  it('interrupted at any call, again and again, ends complete, at one call a second', async () => {
    let run = 0;
    const fault = fc.constantFrom('well', 'well', 'well', 'throttled', 'refused', 'answer lost' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 14 }),
        fc.array(fault, { maxLength: 12 }),
        fc.array(fc.constantFrom(1, 2, undefined), { maxLength: 6 }),
        async (size, turns, cuts) => {
          ses = faultySes();
          const prefix = `run${run++}-${Date.now()}`;
          const addresses = Array.from({ length: size }, (_, index) => `${prefix}-${index}@example.com`);
          for (const address of addresses) ses.put(address, 'BOUNCE');
          ses.state.turns = [...turns] as never;
          for (const pages of cuts) await bringIn(pages, 0).catch(() => {});
          ses.state.turns = [];
          let done = false;
          for (let calls = 0; !done && calls < 10; calls++) ({ done } = await bringIn(2));

          const rows = await Promise.all(addresses.map((address) => table.rows.get(address)));
          expect(rows.map((row) => row?.bounce?.source)).toEqual(addresses.map(() => 'ses_list'));
          const gaps = ses.calls.slice(1).map(({ at }, index) => at - (ses.calls[index]?.at ?? 0));
          for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_000);
        },
      ),
      { numRuns: 25 },
    );
  });
});
