import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { engines } from '../support/engine.ts';
import { type FaultySes, faultySes } from './faulty-ses.ts';
import { mirroredTable } from './mirrored-table.ts';

describe.each(engines())('an email that SES refused to a suppressed address, on $name', ({ endpoint }) => {
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
  const reason = async () => {
    const item = await table.rows.get(ann);
    return item && causesInForce(item, ses.now())[0]?.cause;
  };
  /** Ann bounced, SES has her on its list, and a person lifted that; then an email was refused that came too early. */
  const liftedAndRefused = async (cause: 'complaint' | 'bounce') => {
    await table.begins(ann, 'bounce');
    ses.put(ann, 'BOUNCE');
    await table.mirror(ann);
    await table.lift(ann);
    return { at: ses.now(), cause } as const;
  };

  it.each(['complaint', 'bounce'] as const)(
    'brings back no %s that was lifted, while the mirror is busy',
    async (cause) => {
      const { at } = await liftedAndRefused(cause);
      await table.refused(ann, cause, at);
      expect(await reason()).toBeUndefined();
      await table.mirror(ann);

      expect(await reason()).toBeUndefined();
      expect(ses.entries.size).toBe(0);
    },
  );

  it('brings it back neither where its event comes after SES’s list has followed', async () => {
    const { at } = await liftedAndRefused('bounce');
    await table.mirror(ann);
    await table.refused(ann, 'bounce', at);

    expect(await reason()).toBeUndefined();
    expect(ses.entries.size).toBe(0);
  });

  it('brings it back neither for a minute after that: SES may not go by it at once', async () => {
    await liftedAndRefused('bounce');
    await table.mirror(ann);
    await ses.clock.sleep(50_000);
    await table.refused(ann, 'bounce', ses.now());

    expect(await reason()).toBeUndefined();
  });

  describe('where only soft bounces suppress it', () => {
    const DAY = 86_400_000;
    beforeEach(async () => {
      const endsAt = new Date(ses.clock.now() + 30 * DAY).toISOString();
      await table.begins(ann, 'repeated_soft_bounce', ann, { endsAt });
      await table.mirror(ann);
    });

    it('does not keep it from ending, nor SES’s list from following', async () => {
      await table.refused(ann, 'bounce', ses.now());
      expect(await reason()).toBe('repeated_soft_bounce');
      await ses.clock.sleep(31 * DAY);
      await table.refused(ann, 'bounce', ses.now());

      expect([await reason(), await table.foundByNight(ann)]).toEqual([undefined, true]);
      await table.mirror(ann, 60_000, { ifStillNeeded: true });
      expect([await reason(), ses.entries.size, await table.foundByNight(ann)]).toEqual([undefined, 0, false]);
    });

    it('brings nothing back where its event comes after all that', async () => {
      const at = ses.now();
      await ses.clock.sleep(31 * DAY);
      await table.mirror(ann);
      await table.refused(ann, 'bounce', at);

      expect(await reason()).toBeUndefined();
    });

    it('but suppresses where SES has it on its list for a reason of its own afterwards, or a complaint', async () => {
      await table.refused(ann, 'complaint', ses.now());
      expect(await reason()).toBe('complaint');
      await table.lift(ann);
      await table.mirror(ann);
      await ses.clock.sleep(31 * DAY);
      await table.refused(ann, 'bounce', ses.now());
      expect(await reason()).toBe('bounce');
      // And goes on to, though the mirror has looked again.
      await table.suppress(ann);
      await table.mirror(ann);
      await table.refused(ann, 'bounce', ses.now());

      expect(await reason()).toBe('bounce');
    });
  });

  it('is not shown as the beginning of a bounce that comes later', async () => {
    const { at } = await liftedAndRefused('bounce');
    await table.refused(ann, 'bounce', at);
    await table.mirror(ann);
    await table.begins(ann, 'bounce');
    const item = await table.rows.get(ann);

    expect(item && causesInForce(item, ses.now())[0]?.at).toBe(item?.bounce?.at);
  });

  it('suppresses where SES has the address on its list again', async () => {
    await liftedAndRefused('bounce');
    await table.mirror(ann);
    await ses.clock.sleep(61_000);
    await table.refused(ann, 'bounce', ses.now());

    expect(await reason()).toBe('bounce');
    // And goes on to, once the mirror has looked and another email was refused.
    await table.suppress(ann);
    await table.mirror(ann);
    await table.refused(ann, 'bounce', ses.now());
    expect(await reason()).toBe('bounce');
  });

  it('suppresses where the lifting did not come to SES in all the time its queue keeps it', async () => {
    await liftedAndRefused('bounce');
    await ses.clock.sleep(14 * 86_400_000);
    await table.refused(ann, 'bounce', ses.now());

    expect(await reason()).toBe('bounce');
  });

  it('hides no bounce of after the lifting, whatever comes when', async () => {
    const step = fc.constantFrom('bounce', 'refused', 'mirror' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['bounce', 'refused'] as const, { minLength: 2 }),
        fc.array(step),
        async (told, more) => {
          ann = `ann${people++}@example.com`;
          await liftedAndRefused('bounce');
          for (const one of [...told, ...more]) {
            if (one === 'bounce') await table.begins(ann, 'bounce');
            else if (one === 'refused') await table.refused(ann, 'bounce', ses.now());
            else await table.mirror(ann);
          }
          await table.mirror(ann);

          expect(await reason()).toBe('bounce');
          expect(ses.entries.size).toBe(1);
          ses.entries.clear();
        },
      ),
      { numRuns: 25 },
    );
  });
});
