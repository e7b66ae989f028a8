import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('the mirror’s work on $name', ({ endpoint }) => {
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
  const onList = () => Object.fromEntries([...ses.entries].map(([spelling, { reason }]) => [spelling, reason]));

  it('is asked once for what began and was lifted in one batch, though SES was told the same before', async () => {
    await table.begins(ann, 'bounce');
    await table.lift(ann);
    await table.mirror(ann);
    await table.begins(ann, 'bounce');
    ses.put(ann, 'BOUNCE');
    table.work.length = 0;

    expect(await table.lift(ann)).toHaveLength(1);
    await table.mirror(ann);
    expect([onList(), await table.foundByNight(ann)]).toEqual([{}, false]);
  });

  it('is asked too for what was lifted and suppressed in one batch: SES’s list may have followed half way', async () => {
    await table.begins(ann, 'bounce');
    await table.mirror(ann);
    await table.lift(ann);
    ses.state.turns = ['answer lost'];
    expect(await table.mirror(ann, 0)).toBe(false);
    table.work.length = 0;

    expect(await table.suppress(ann)).toHaveLength(1);
    await table.mirror(ann);
    expect(onList()).toEqual({ [ann]: 'BOUNCE' });
  });

  it('is there for a complaint that the recipient took back, before and after SES was told of it', async () => {
    for (const told of [false, true]) {
      await table.begins(ann, 'complaint');
      ses.put(ann, 'COMPLAINT');
      if (told) await table.mirror(ann);
      table.work.length = 0;

      expect(await table.ends(ann)).toHaveLength(1);
      await table.mirror(ann);
      expect(onList()).toEqual({});
      ann = `more-${ann}`;
    }
  });

  it('costs no call where the night queued it and it was done meanwhile', async () => {
    await table.begins(ann, 'bounce');
    await table.mirror(ann, 60_000, { ifStillNeeded: true });
    const before = ses.calls.length;
    await table.mirror(ann, 60_000, { ifStillNeeded: true });

    expect([before, ses.calls.length]).toEqual([2, 2]);
  });

  it('is done once even where SES’s clock, by which a bounce began, is ahead', async () => {
    const at = new Date(ses.clock.now() + 60_000).toISOString();
    await table.put({ address: ann, bounce: { at, source: 'ses_event' }, endsOnSesList: true });
    await table.lift(ann);
    await table.mirror(ann);

    expect([table.work, await table.foundByNight(ann)]).toEqual([[ann], false]);
  });
});
