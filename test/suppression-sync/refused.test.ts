import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { engines } from '../support/engine.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('an email that SES rejected because its address is suppressed, on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  const reason = async () => {
    const item = await on.table.rows.get(on.ann);
    return item && causesInForce(item, on.ses.now())[0]?.cause;
  };
  /** Ann bounced, SES lists her, and the suppression was removed; then SES rejected an email before its list was updated. */
  const liftedAndRefused = async (cause: 'complaint' | 'bounce') => {
    await on.table.begins(on.ann, 'bounce');
    on.ses.put(on.ann, 'BOUNCE');
    await on.table.mirror(on.ann);
    await on.table.lift(on.ann);
    return { at: on.ses.now(), cause } as const;
  };

  it.each(['complaint', 'bounce'] as const)(
    'brings back no %s that was lifted, while the mirror is busy',
    async (cause) => {
      const { at } = await liftedAndRefused(cause);
      await on.table.refused(on.ann, cause, at);
      expect(await reason()).toBeUndefined();
      await on.table.mirror(on.ann);

      expect(await reason()).toBeUndefined();
      expect(on.ses.entries.size).toBe(0);
    },
  );

  it('does not restore the suppression if its event arrives after SES’s list was updated', async () => {
    const { at } = await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.table.refused(on.ann, 'bounce', at);

    expect(await reason()).toBeUndefined();
    expect(on.ses.entries.size).toBe(0);
  });

  it('does not restore it for a minute after that: SES may not apply the change at once', async () => {
    await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.ses.clock.sleep(50_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBeUndefined();
  });

  describe('if only soft bounces suppress it', () => {
    const DAY = 86_400_000;
    beforeEach(async () => {
      const endsAt = new Date(on.ses.clock.now() + 30 * DAY).toISOString();
      await on.table.begins(on.ann, 'repeated_soft_bounce', on.ann, { endsAt });
      await on.table.mirror(on.ann);
    });

    it('does not prevent the suppression from ending, nor SES’s list from being updated', async () => {
      await on.table.refused(on.ann, 'bounce', on.ses.now());
      expect(await reason()).toBe('repeated_soft_bounce');
      await on.ses.clock.sleep(31 * DAY);
      await on.table.refused(on.ann, 'bounce', on.ses.now());

      expect([await reason(), await on.table.foundByNight(on.ann)]).toEqual([undefined, true]);
      await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });
      expect([await reason(), on.ses.entries.size, await on.table.foundByNight(on.ann)]).toEqual([undefined, 0, false]);
    });

    it('restores nothing if its event arrives after all that', async () => {
      const at = on.ses.now();
      await on.ses.clock.sleep(31 * DAY);
      await on.table.mirror(on.ann);
      await on.table.refused(on.ann, 'bounce', at);

      expect(await reason()).toBeUndefined();
    });

    it('but suppresses if SES lists it afterwards for a reason of its own, or a complaint', async () => {
      await on.table.refused(on.ann, 'complaint', on.ses.now());
      expect(await reason()).toBe('complaint');
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);
      await on.ses.clock.sleep(31 * DAY);
      await on.table.refused(on.ann, 'bounce', on.ses.now());
      expect(await reason()).toBe('bounce');
      // And still does after another check of the mirror.
      await on.table.suppress(on.ann);
      await on.table.mirror(on.ann);
      await on.table.refused(on.ann, 'bounce', on.ses.now());

      expect(await reason()).toBe('bounce');
    });
  });

  it('is not shown as the beginning of a later bounce', async () => {
    const { at } = await liftedAndRefused('bounce');
    await on.table.refused(on.ann, 'bounce', at);
    await on.table.mirror(on.ann);
    await on.table.begins(on.ann, 'bounce');
    const item = await on.table.rows.get(on.ann);

    expect(item && causesInForce(item, on.ses.now())[0]?.at).toBe(item?.bounce?.at);
  });

  it('suppresses if SES has listed the address again', async () => {
    await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.ses.clock.sleep(61_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBe('bounce');
    // And still does after the mirror's check and another rejected email.
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);
    await on.table.refused(on.ann, 'bounce', on.ses.now());
    expect(await reason()).toBe('bounce');
  });

  it('suppresses if the removal did not reach SES within the retention of the queue', async () => {
    await liftedAndRefused('bounce');
    await on.ses.clock.sleep(14 * 86_400_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBe('bounce');
  });

  it('hides no bounce after the removal, in any order of events', async () => {
    const step = fc.constantFrom('bounce', 'refused', 'mirror' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['bounce', 'refused'] as const, { minLength: 2 }),
        fc.array(step),
        async (told, more) => {
          on.another();
          await liftedAndRefused('bounce');
          for (const one of [...told, ...more]) {
            if (one === 'bounce') await on.table.begins(on.ann, 'bounce');
            else if (one === 'refused') await on.table.refused(on.ann, 'bounce', on.ses.now());
            else await on.table.mirror(on.ann);
          }
          await on.table.mirror(on.ann);

          expect(await reason()).toBe('bounce');
          expect(on.ses.entries.size).toBe(1);
          on.ses.entries.clear();
        },
      ),
      { numRuns: 25 },
    );
  });
});
