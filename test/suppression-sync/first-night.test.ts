import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { engines } from '../support/engine.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('what was lifted before there was a mirror, on $name', ({ endpoint }) => {
  let ses: FaultySes = faultySes();
  let table: Awaited<ReturnType<typeof mirroredTable>>;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    table = await mirroredTable(endpoint, () => ses);
  });
  afterAll(() => table?.drop());
  beforeEach(async () => {
    ses = faultySes();
    ann = `ann${people++}@example.com`;
    table.work.length = 0;
    await table.put({
      address: ann,
      spellings: new Set([ann]),
      bounce: { at: '2026-09-01T10:00:00.000Z', source: 'ses_event' },
      bounceEndedAt: '2026-09-02T10:00:00.000Z',
    });
  });
  const bringIn = async () => {
    const { entries } = await ses.listFor(() => 60_000).page(undefined);
    const imported = await importedSuppressions(table.documents, table.table).bringIn(entries, ses.now());
    await table.streamed(ann);
    return imported;
  };

  it('is left on SES’s list by the night, by a spelling that comes in, and by whatever the mirror is handed', async () => {
    const before = Date.parse('2026-08-31T10:00:00.000Z');
    for (const spelling of [ann, ann.toUpperCase()]) ses.put(spelling, 'BOUNCE', before);

    expect([await table.foundByNight(ann), await bringIn(), table.work]).toEqual([false, 0, []]);
    await table.mirror(ann);
    expect(ses.entries.size).toBe(2);
  });

  it('comes in where SES has put it on its list since', async () => {
    ses.put(ann, 'BOUNCE');

    expect([await bringIn(), await table.foundByNight(ann)]).toEqual([1, false]);
    expect(await table.rows.get(ann)).toMatchObject({ bounce: { source: 'ses_list' } });
  });

  it('leaves SES’s list once it is suppressed and lifted again, found by the night where no change told of it', async () => {
    ses.put(ann, 'BOUNCE');
    await bringIn();
    await table.lift(ann);

    expect([await table.foundByNight(ann), ses.entries.size]).toEqual([true, 1]);
    await table.mirror(ann, 60_000, { ifStillNeeded: true });
    expect([await table.foundByNight(ann), ses.entries.size]).toEqual([false, 0]);
  });
});
