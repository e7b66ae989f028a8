import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { causesInForce } from '../../lambdas/domain/suppression/causes-in-force.ts';
import { engines } from '../support/engine.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('an email that SES refused to a suppressed address, on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  const reason = async () => {
    const item = await on.table.rows.get(on.ann);
    return item && causesInForce(item, on.ses.now())[0]?.cause;
  };
  /** Ann bounced, SES has her on its list, and a person lifted that; then an email was refused that came too early. */
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

  it('brings it back neither where its event comes after SES’s list has followed', async () => {
    const { at } = await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.table.refused(on.ann, 'bounce', at);

    expect(await reason()).toBeUndefined();
    expect(on.ses.entries.size).toBe(0);
  });

  it('brings it back neither for a minute after that: SES may not go by it at once', async () => {
    await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.ses.clock.sleep(50_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBeUndefined();
  });

  describe('where only soft bounces suppress it', () => {
    const DAY = 86_400_000;
    beforeEach(async () => {
      const endsAt = new Date(on.ses.clock.now() + 30 * DAY).toISOString();
      await on.table.begins(on.ann, 'repeated_soft_bounce', on.ann, { endsAt });
      await on.table.mirror(on.ann);
    });

    it('does not keep it from ending, nor SES’s list from following', async () => {
      await on.table.refused(on.ann, 'bounce', on.ses.now());
      expect(await reason()).toBe('repeated_soft_bounce');
      await on.ses.clock.sleep(31 * DAY);
      await on.table.refused(on.ann, 'bounce', on.ses.now());

      expect([await reason(), await on.table.foundByNight(on.ann)]).toEqual([undefined, true]);
      await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });
      expect([await reason(), on.ses.entries.size, await on.table.foundByNight(on.ann)]).toEqual([undefined, 0, false]);
    });

    it('brings nothing back where its event comes after all that', async () => {
      const at = on.ses.now();
      await on.ses.clock.sleep(31 * DAY);
      await on.table.mirror(on.ann);
      await on.table.refused(on.ann, 'bounce', at);

      expect(await reason()).toBeUndefined();
    });

    it('but suppresses where SES has it on its list for a reason of its own afterwards, or a complaint', async () => {
      await on.table.refused(on.ann, 'complaint', on.ses.now());
      expect(await reason()).toBe('complaint');
      await on.table.lift(on.ann);
      await on.table.mirror(on.ann);
      await on.ses.clock.sleep(31 * DAY);
      await on.table.refused(on.ann, 'bounce', on.ses.now());
      expect(await reason()).toBe('bounce');
      // And goes on to, though the mirror has looked again.
      await on.table.suppress(on.ann);
      await on.table.mirror(on.ann);
      await on.table.refused(on.ann, 'bounce', on.ses.now());

      expect(await reason()).toBe('bounce');
    });
  });

  it('is not shown as the beginning of a bounce that comes later', async () => {
    const { at } = await liftedAndRefused('bounce');
    await on.table.refused(on.ann, 'bounce', at);
    await on.table.mirror(on.ann);
    await on.table.begins(on.ann, 'bounce');
    const item = await on.table.rows.get(on.ann);

    expect(item && causesInForce(item, on.ses.now())[0]?.at).toBe(item?.bounce?.at);
  });

  it('suppresses where SES has the address on its list again', async () => {
    await liftedAndRefused('bounce');
    await on.table.mirror(on.ann);
    await on.ses.clock.sleep(61_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBe('bounce');
    // And goes on to, once the mirror has looked and another email was refused.
    await on.table.suppress(on.ann);
    await on.table.mirror(on.ann);
    await on.table.refused(on.ann, 'bounce', on.ses.now());
    expect(await reason()).toBe('bounce');
  });

  it('suppresses where the lifting did not come to SES in all the time its queue keeps it', async () => {
    await liftedAndRefused('bounce');
    await on.ses.clock.sleep(14 * 86_400_000);
    await on.table.refused(on.ann, 'bounce', on.ses.now());

    expect(await reason()).toBe('bounce');
  });

  it('hides no bounce of after the lifting, whatever comes when', async () => {
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
