import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import type { CauseName } from '../../lambdas/domain/suppression/suppression.ts';
import { engines } from '../support/engine.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

describe.each(engines())('SES’s report that its list has an address, on $name', ({ endpoint }) => {
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
    ann = `ann${people++}@example.com`;
  });
  const causes = async () => {
    const item = await table.rows.get(ann);
    return item === undefined ? [] : causesInForce(item, ses.now()).map(({ cause }) => cause);
  };
  const refused = (cause: 'complaint' | 'bounce' = 'bounce', at = ses.now()) => table.refused(ann, cause, at);
  const listed: Readonly<Record<string, () => Promise<unknown>>> = {
    manual: () => table.suppress(ann),
    repeated_soft_bounce: () =>
      table.begins(ann, 'repeated_soft_bounce', ann, { endsAt: new Date(ses.clock.now() + 30 * DAY).toISOString() }),
    complaint: () => table.begins(ann, 'complaint'),
  };

  describe.each(Object.keys(listed))('because of %s', (cause) => {
    beforeEach(async () => {
      await listed[cause]?.();
      await table.mirror(ann);
    });

    it('makes no bounce of it, however often it comes', async () => {
      await refused();
      await ses.clock.sleep(5 * DAY);
      await refused(cause === 'complaint' ? 'complaint' : 'bounce');

      expect(await causes()).toEqual([cause]);
    });

    it('makes none where SES refused a moment before the mirror noted the entry', async () => {
      await refused('bounce', new Date(ses.clock.now() - 30_000).toISOString());

      expect(await causes()).toEqual([cause]);
    });

    it('makes none after a lifting, whether the mirror has followed or not', async () => {
      await refused();
      await table.lift(ann);
      await refused();
      expect(await causes()).toEqual([]);
      await table.mirror(ann);

      expect([await causes(), ses.entries.size]).toEqual([[], 0]);
    });

    it('makes none where another cause comes and goes meanwhile', async () => {
      await refused();
      await ses.clock.sleep(2 * MINUTE);
      await table.begins(ann, 'complaint');
      await table.mirror(ann);
      await table.ends(ann);
      await table.mirror(ann);
      expect(await causes()).toEqual(cause === 'complaint' ? [] : [cause]);
      await ses.clock.sleep(2 * MINUTE);
      await refused();

      // A complaint that not-spam ended was taken off the list: what SES has there two minutes later is its own.
      expect(await causes()).toEqual(cause === 'complaint' ? ['bounce'] : [cause]);
    });
  });

  it('is news where SES had the address on its list before, and stays so once the mirror has looked', async () => {
    ses.put(ann, 'BOUNCE');
    await refused();
    expect(await causes()).toEqual(['bounce']);
    await table.suppress(ann);
    await table.mirror(ann);
    await ses.clock.sleep(DAY);
    await refused();

    expect(await causes()).toEqual(['bounce', 'manual']);
  });

  it('is news of a complaint where the mirror put the address there as a bounce', async () => {
    await table.suppress(ann);
    await table.mirror(ann);
    await refused('complaint');
    expect(await causes()).toEqual(['complaint', 'manual']);
    await table.mirror(ann);
    await refused('complaint');

    expect(await causes()).toEqual(['complaint', 'manual']);
  });

  describe('outside of what is mirrored', () => {
    it.each(['ses_global_list', 'forwarded_bounce'] as const)('%s puts no address on SES’s list', async (cause) => {
      const endsAt = new Date(ses.clock.now() + 14 * DAY).toISOString();

      expect(await table.begins(ann, cause as CauseName, ann, { endsAt })).toEqual([]);
      await table.mirror(ann);
      expect([ses.entries.size, ses.calls.length, await table.foundByNight(ann)]).toEqual([0, 0, false]);
    });

    it('a lifting of one takes the address off all the same: SES lists hard bounces by itself', async () => {
      const endsAt = new Date(ses.clock.now() + 14 * DAY).toISOString();
      await table.begins(ann, 'forwarded_bounce', ann, { endsAt });
      ses.put(ann, 'BOUNCE');
      await table.lift(ann);
      await table.mirror(ann);

      expect([await causes(), ses.entries.size]).toEqual([[], 0]);
    });

    it('a report of SES’s global list that was kept as a bounce leaves SES’s list by night', async () => {
      const note = 'suppressed Permanent Suppressed 5.1.1';
      const at = new Date(ses.clock.now() - DAY).toISOString();
      await table.put({
        address: ann,
        spellings: new Set([ann]),
        bounce: { at, source: 'ses_event', messageId: 'm', note },
        sesList: { wanted: 'BOUNCE', reason: 'BOUNCE', at },
      });
      ses.put(ann, 'BOUNCE');
      expect([await causes(), await table.foundByNight(ann)]).toEqual([['ses_global_list'], true]);
      await table.mirror(ann, 60_000, { ifStillNeeded: true });

      expect([await causes(), ses.entries.size, await table.foundByNight(ann)]).toEqual([
        ['ses_global_list'],
        0,
        false,
      ]);
      await ses.clock.sleep(14 * DAY);
      expect([await causes(), await table.foundByNight(ann)]).toEqual([[], false]);
    });
  });

  it('is followed again by SES’s list where a note of the mirror’s was dated by an end in the future', async () => {
    const future = '2036-11-30T10:00:05.000Z';
    await table.put({
      address: ann,
      spellings: new Set([ann]),
      bounce: { at: future, source: 'ses_event', messageId: 'm' },
      ...{ bounceEndedAt: future, endsOnSesList: true },
      sesList: { wanted: 'NOTHING', at: future, takenOffAt: future, spellings: new Set([ann]) },
    });
    expect(await table.foundByNight(ann)).toBe(true);
    await table.mirror(ann);
    expect(await table.foundByNight(ann)).toBe(false);
    await ses.clock.sleep(2 * MINUTE);
    ses.put(ann, 'BOUNCE');
    await refused();
    expect(await causes()).toEqual(['bounce']);
    await table.lift(ann);
    await table.mirror(ann);

    expect([await causes(), ses.entries.size]).toEqual([[], 0]);
  });
});
