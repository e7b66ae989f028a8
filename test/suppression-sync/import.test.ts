import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures } from '../../lambdas/store/erasures/erasures.ts';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { createHandler } from '../../lambdas/suppression-sync/import-suppressions/handler.ts';
import { engines } from '../support/engine.ts';
import { silent } from '../support/silent.ts';
import { faultySes } from './faulty-ses.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('the import on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);

  const bringIn = (pages?: number, time = 900_000) => {
    const until = on.ses.clock.now() + time;
    const suppressions = importedSuppressions(on.table.documents, on.table.table);
    const marks = erasures(on.table.documents, on.table.erasures);
    const handler = createHandler({
      ...{ suppressions, listFor: on.ses.listFor, now: on.ses.now, erasures: marks, ...silent() },
      erasedPeople: erasedReader(on.table.documents, on.table.erasures),
    });
    return handler(pages === undefined ? {} : { pages }, {
      getRemainingTimeInMillis: () => until - on.ses.clock.now(),
    });
  };

  it('imports what the table lacks, with SES as the source, and queues no mirror job for it', async () => {
    on.ses.put(on.ann.toUpperCase(), 'BOUNCE');
    on.ses.put(`x${on.ann}`, 'COMPLAINT');

    expect(await bringIn()).toEqual({ pages: 1, entries: 2, imported: 2, done: true });
    expect(await on.table.rows.get(on.ann)).toMatchObject({
      spellings: [on.ann.toUpperCase()],
      bounce: { source: 'ses_list', at: '2026-11-25T12:00:00.000Z', onSesList: true },
    });
    expect(await on.table.rows.get(`x${on.ann}`)).toMatchObject({ complaint: { source: 'ses_list' } });
    expect([await on.table.streamed(on.ann), await on.table.streamed(`x${on.ann}`)]).toEqual([[], []]);
  });

  it('changes nothing the second time', async () => {
    on.ses.put(on.ann, 'BOUNCE');
    await bringIn();
    const row = await on.table.rows.get(on.ann);

    expect(await bringIn()).toMatchObject({ imported: 0 });
    expect(await on.table.rows.get(on.ann)).toEqual(row);
  });

  it('ignores entries of the mirror, but imports a complaint that only SES has', async () => {
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);
    expect(await bringIn()).toMatchObject({ imported: 0 });

    on.ses.put(on.ann, 'COMPLAINT', on.ses.clock.now() + 5_000);
    expect(await bringIn()).toMatchObject({ imported: 1 });
    expect(await on.table.rows.get(on.ann)).toMatchObject({ complaint: { source: 'ses_list' }, manual: {} });
  });

  describe('does not restore a suppression that was removed by hand', () => {
    beforeEach(() => on.table.begins(on.ann, 'bounce'));

    it('before the mirror removes it from SES’s list', async () => {
      await on.table.mirror(on.ann);
      await on.table.lift(on.ann);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
    });

    it('while the mirror was adding it, later than the removal', async () => {
      on.ses.state.during = async (call) => void (call === 2 && (await on.table.lift(on.ann)));
      on.ses.state.turns = ['well', 'answer lost', ...Array(20).fill('failed')];
      expect(await on.table.mirror(on.ann)).toBe(false);

      on.ses.state.turns = [];
      on.ses.state.during = async () => {};
      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      await on.table.mirror(on.ann);
      expect([...on.ses.entries]).toEqual([]);
    });

    it('from a page that SES returned before the mirror removed it', async () => {
      await on.table.mirror(on.ann);
      const page = await on.ses.listFor(() => 60_000).page(undefined);
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);
      const suppressions = importedSuppressions(on.table.documents, on.table.table);

      expect([page.entries.length, await suppressions.bringIn(page.entries, on.ses.now())]).toEqual([1, 0]);
    });

    it('from a page with an entry that the mirror added later than the removal', async () => {
      on.ses.state.during = async (call) => void (call === 2 && (await on.table.lift(on.ann)));
      on.ses.state.turns = ['well', 'answer lost', ...Array(20).fill('failed')];
      await on.table.mirror(on.ann);
      on.ses.state.turns = [];
      on.ses.state.during = async () => {};
      const page = await on.ses.listFor(() => 60_000).page(undefined);
      await on.table.mirror(on.ann);
      const suppressions = importedSuppressions(on.table.documents, on.table.table);

      expect([page.entries.length, await suppressions.bringIn(page.entries, on.ses.now())]).toEqual([1, 0]);
    });

    it('nor a complaint that ended, if a bounce is in force', async () => {
      await on.table.begins(on.ann, 'complaint');
      await on.table.mirror(on.ann);
      await on.table.ends(on.ann);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
    });

    it('nor a complaint that the mirror added after it ended, if a bounce is in force', async () => {
      await on.table.begins(on.ann, 'complaint');
      on.ses.state.during = async (call) => void (call === 2 && (await on.table.ends(on.ann)));
      await on.table.mirror(on.ann);
      await on.ses.clock.sleep(60_000);

      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      const item = await on.table.rows.get(on.ann);
      expect(item && causesInForce(item, on.ses.now()).map(({ cause }) => cause)).toEqual(['bounce']);
    });

    it('but has an unknown spelling removed too', async () => {
      on.ses.put(on.ann.toUpperCase(), 'BOUNCE');
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);
      expect(await bringIn()).toMatchObject({ entries: 1, imported: 0 });
      expect(await on.table.streamed(on.ann)).toHaveLength(1);
      await on.table.mirror(on.ann);

      expect([...on.ses.entries]).toEqual([]);
    });

    it('but what SES added since', async () => {
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);
      on.ses.put(on.ann, 'BOUNCE', on.ses.clock.now() + 5_000);

      expect(await bringIn()).toMatchObject({ imported: 1 });
    });
  });

  it('starts again if SES no longer accepts the token', async () => {
    for (let number = 0; number < 7; number++) on.ses.put(`${number}${on.ann}`, 'BOUNCE');
    await bringIn(1);
    on.ses.state.turns = ['refused'];

    expect(await bringIn()).toMatchObject({ pages: 3, entries: 7, done: true });
  });

  it('is complete after any number of interruptions, at one request a second', async () => {
    let run = 0;
    const fault = fc.constantFrom('well', 'well', 'well', 'throttled', 'refused', 'answer lost' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 14 }),
        fc.array(fault, { maxLength: 12 }),
        fc.array(fc.constantFrom(1, 2, undefined), { maxLength: 6 }),
        async (size, turns, cuts) => {
          on.ses = faultySes();
          const prefix = `run${run++}-${Date.now()}`;
          const addresses = Array.from({ length: size }, (_, index) => `${prefix}-${index}@example.com`);
          for (const address of addresses) on.ses.put(address, 'BOUNCE');
          on.ses.state.turns = [...turns] as never;
          for (const pages of cuts) await bringIn(pages, 0).catch(() => {});
          on.ses.state.turns = [];
          let done = false;
          for (let calls = 0; !done && calls < 10; calls++) ({ done } = await bringIn(2));

          const rows = await Promise.all(addresses.map((address) => on.table.rows.get(address)));
          expect(rows.map((row) => row?.bounce?.source)).toEqual(addresses.map(() => 'ses_list'));
          const gaps = on.ses.calls.slice(1).map(({ at }, index) => at - (on.ses.calls[index]?.at ?? 0));
          for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1_000);
        },
      ),
      { numRuns: 25 },
    );
  });
});
