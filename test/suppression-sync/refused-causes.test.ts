import { beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import type { CauseName } from '../../lambdas/domain/suppression/suppression.ts';
import { engines } from '../support/engine.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

describe.each(engines())('SES’s report that an address is on its list, on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  const causes = async () => {
    const item = await on.table.rows.get(on.ann);
    return item === undefined ? [] : causesInForce(item, on.ses.now()).map(({ cause }) => cause);
  };
  const refused = (cause: 'complaint' | 'bounce' = 'bounce', at = on.ses.now()) => on.table.refused(on.ann, cause, at);
  const listed: Readonly<Record<string, () => Promise<unknown>>> = {
    manual: () => on.table.suppress(on.ann),
    repeated_soft_bounce: () =>
      on.table.begins(on.ann, 'repeated_soft_bounce', on.ann, {
        endsAt: new Date(on.ses.clock.now() + 30 * DAY).toISOString(),
      }),
    complaint: () => on.table.begins(on.ann, 'complaint'),
  };

  describe.each(Object.keys(listed))('because of %s', (cause) => {
    beforeEach(async () => {
      await listed[cause]?.();
      await on.table.mirror(on.ann);
    });

    it('records no bounce, however often it arrives', async () => {
      await refused();
      await on.ses.clock.sleep(5 * DAY);
      await refused(cause === 'complaint' ? 'complaint' : 'bounce');

      expect(await causes()).toEqual([cause]);
    });

    it('records none if SES rejected an email just before the mirror stored the entry', async () => {
      await refused('bounce', new Date(on.ses.clock.now() - 30_000).toISOString());

      expect(await causes()).toEqual([cause]);
    });

    it('records none after a removal, before and after the mirror has followed', async () => {
      await refused();
      await on.table.lift(on.ann);
      await refused();
      expect(await causes()).toEqual([]);
      await on.table.mirror(on.ann);

      expect([await causes(), on.ses.entries.size]).toEqual([[], 0]);
    });

    it('records none if another cause begins and ends meanwhile', async () => {
      await refused();
      await on.ses.clock.sleep(2 * MINUTE);
      await on.table.begins(on.ann, 'complaint');
      await on.table.mirror(on.ann);
      await on.table.ends(on.ann);
      await on.table.mirror(on.ann);
      expect(await causes()).toEqual(cause === 'complaint' ? [] : [cause]);
      await on.ses.clock.sleep(2 * MINUTE);
      await refused();

      // A complaint that not-spam ended was removed from the list: an entry two minutes later is SES's own.
      expect(await causes()).toEqual(cause === 'complaint' ? ['bounce'] : [cause]);
    });
  });

  it('is a new cause if SES had listed the address before, and stays one after the mirror’s check', async () => {
    on.ses.put(on.ann, 'BOUNCE');
    await refused();
    expect(await causes()).toEqual(['bounce']);
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);
    await on.ses.clock.sleep(DAY);
    await refused();

    expect(await causes()).toEqual(['bounce', 'manual']);
  });

  it('is a new complaint if the mirror added the address as a bounce', async () => {
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);
    await refused('complaint');
    expect(await causes()).toEqual(['complaint', 'manual']);
    await on.table.mirror(on.ann);
    await refused('complaint');

    expect(await causes()).toEqual(['complaint', 'manual']);
  });

  describe('for causes that are not mirrored', () => {
    it.each(['ses_global_list', 'forwarded_bounce'] as const)('%s puts no address on SES’s list', async (cause) => {
      const endsAt = new Date(on.ses.clock.now() + 14 * DAY).toISOString();

      expect(await on.table.begins(on.ann, cause as CauseName, on.ann, { endsAt })).toEqual([]);
      await on.table.mirror(on.ann);
      expect([on.ses.entries.size, on.ses.calls.length, await on.table.foundByNight(on.ann)]).toEqual([0, 0, false]);
    });

    it('the removal of one still removes the address: SES lists hard bounces by itself', async () => {
      const endsAt = new Date(on.ses.clock.now() + 14 * DAY).toISOString();
      await on.table.begins(on.ann, 'forwarded_bounce', on.ann, { endsAt });
      on.ses.put(on.ann, 'BOUNCE');
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);

      expect([await causes(), on.ses.entries.size]).toEqual([[], 0]);
    });

    it('a report of SES’s global list that was stored as a bounce is removed from SES’s list by the nightly check', async () => {
      const note = 'suppressed Permanent Suppressed 5.1.1';
      const at = new Date(on.ses.clock.now() - DAY).toISOString();
      await on.table.put({
        address: on.ann,
        spellings: new Set([on.ann]),
        bounce: { at, source: 'ses_event', messageId: 'm', note },
        sesList: { wanted: 'BOUNCE', reason: 'BOUNCE', at },
      });
      on.ses.put(on.ann, 'BOUNCE');
      expect([await causes(), await on.table.foundByNight(on.ann)]).toEqual([['ses_global_list'], true]);
      await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });

      expect([await causes(), on.ses.entries.size, await on.table.foundByNight(on.ann)]).toEqual([
        ['ses_global_list'],
        0,
        false,
      ]);
      await on.ses.clock.sleep(14 * DAY);
      expect([await causes(), await on.table.foundByNight(on.ann)]).toEqual([[], false]);
    });
  });

  it('is mirrored again if the mirror’s record was dated by an end in the future', async () => {
    const future = '2036-11-30T10:00:05.000Z';
    await on.table.put({
      address: on.ann,
      spellings: new Set([on.ann]),
      bounce: { at: future, source: 'ses_event', messageId: 'm' },
      ...{ bounceEndedAt: future, endsOnSesList: true },
      sesList: { wanted: 'NOTHING', at: future, takenOffAt: future, spellings: new Set([on.ann]) },
    });
    expect(await on.table.foundByNight(on.ann)).toBe(true);
    await on.table.mirror(on.ann);
    expect(await on.table.foundByNight(on.ann)).toBe(false);
    await on.ses.clock.sleep(2 * MINUTE);
    on.ses.put(on.ann, 'BOUNCE');
    await refused();
    expect(await causes()).toEqual(['bounce']);
    await on.table.lift(on.ann);
    await on.table.mirror(on.ann);

    expect([await causes(), on.ses.entries.size]).toEqual([[], 0]);
  });
});
