import { describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('the mirror’s jobs on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  const onList = () => Object.fromEntries([...on.ses.entries].map(([spelling, { reason }]) => [spelling, reason]));

  it('are one for a cause that began and was removed in one batch, though SES’s list was the same before', async () => {
    await on.table.begins(on.ann, 'bounce');
    await on.table.lift(on.ann);
    await on.table.mirror(on.ann);
    await on.table.begins(on.ann, 'bounce');
    on.ses.put(on.ann, 'BOUNCE');
    on.table.work.length = 0;

    expect(await on.table.lift(on.ann)).toHaveLength(1);
    await on.table.mirror(on.ann);
    expect([onList(), await on.table.foundByNight(on.ann)]).toEqual([{}, false]);
  });

  it('include an address that was removed and suppressed in one batch: SES’s list may be partly updated', async () => {
    await on.table.begins(on.ann, 'bounce');
    await on.table.mirror(on.ann);
    await on.table.lift(on.ann);
    on.ses.state.turns = ['answer lost'];
    expect(await on.table.mirror(on.ann, 0)).toBe(false);
    on.table.work.length = 0;

    expect(await on.table.suppress(on.ann)).toHaveLength(1);
    await on.table.mirror(on.ann);
    expect(onList()).toEqual({ [on.ann]: 'BOUNCE' });
  });

  it('include a complaint that the recipient withdrew, before and after it was mirrored', async () => {
    for (const told of [false, true]) {
      await on.table.begins(on.ann, 'complaint');
      on.ses.put(on.ann, 'COMPLAINT');
      if (told) await on.table.mirror(on.ann);
      on.table.work.length = 0;

      expect(await on.table.ends(on.ann)).toHaveLength(1);
      await on.table.mirror(on.ann);
      expect(onList()).toEqual({});
      on.ann = `more-${on.ann}`;
    }
  });

  it('cost no request if the nightly check queued one that was done meanwhile', async () => {
    await on.table.begins(on.ann, 'bounce');
    await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });
    const before = on.ses.calls.length;
    await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });

    expect([before, on.ses.calls.length]).toEqual([2, 2]);
  });

  it('are done once even if SES’s clock, by which a bounce began, is ahead', async () => {
    const at = new Date(on.ses.clock.now() + 60_000).toISOString();
    await on.table.put({ address: on.ann, bounce: { at, source: 'ses_event' }, endsOnSesList: true });
    await on.table.lift(on.ann);
    await on.table.mirror(on.ann);

    expect([on.table.work, await on.table.foundByNight(on.ann)]).toEqual([[on.ann], false]);
  });
});
