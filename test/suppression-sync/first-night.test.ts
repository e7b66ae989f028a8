import { beforeEach, describe, expect, it } from 'vitest';
import { importedSuppressions } from '../../lambdas/store/suppressions/ses-import.ts';
import { engines } from '../support/engine.ts';
import { mirrorSetUp } from './mirror-set-up.ts';

describe.each(engines())('an address that was removed before there was a mirror, on $name', ({ endpoint }) => {
  const on = mirrorSetUp(endpoint);
  beforeEach(async () => {
    await on.table.put({
      address: on.ann,
      spellings: new Set([on.ann]),
      bounce: { at: '2026-09-01T10:00:00.000Z', source: 'ses_event' },
      bounceEndedAt: '2026-09-02T10:00:00.000Z',
    });
  });
  const bringIn = async () => {
    const { entries } = await on.ses.listFor(() => 60_000).page(undefined);
    const imported = await importedSuppressions(on.table.documents, on.table.table).bringIn(entries, on.ses.now());
    await on.table.streamed(on.ann);
    return imported;
  };

  it('stays on SES’s list after the nightly check, a new spelling, and any mirror job', async () => {
    const before = Date.parse('2026-08-31T10:00:00.000Z');
    for (const spelling of [on.ann, on.ann.toUpperCase()]) on.ses.put(spelling, 'BOUNCE', before);

    expect([await on.table.foundByNight(on.ann), await bringIn(), on.table.work]).toEqual([false, 0, []]);
    await on.table.mirror(on.ann);
    expect(on.ses.entries.size).toBe(2);
  });

  it('is imported if SES has listed it since', async () => {
    on.ses.put(on.ann, 'BOUNCE');

    expect([await bringIn(), await on.table.foundByNight(on.ann)]).toEqual([1, false]);
    expect(await on.table.rows.get(on.ann)).toMatchObject({ bounce: { source: 'ses_list' } });
  });

  it('is removed from SES’s list once it is suppressed and removed again, found by the nightly check without a change', async () => {
    on.ses.put(on.ann, 'BOUNCE');
    await bringIn();
    await on.table.lift(on.ann);

    expect([await on.table.foundByNight(on.ann), on.ses.entries.size]).toEqual([true, 1]);
    await on.table.mirror(on.ann, 60_000, { ifStillNeeded: true });
    expect([await on.table.foundByNight(on.ann), on.ses.entries.size]).toEqual([false, 0]);
  });
});
