import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributesKeeping,
  latestTime,
  repairs,
  repairsOf,
  withoutFuture,
} from '../../../lambdas/domain/suppression/future-times.ts';
import { CAUSES, type CauseRecord, type SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';

const NOW = '2026-11-24T10:00:00.000Z';
const EPOCH = '1970-01-01T00:00:00.000Z';
const [MONDAY, TUESDAY, TUESDAY_AND_1_MS] = [
  ...['2026-11-16T09:00:00.000Z', '2026-11-17T09:00:00.000Z', '2026-11-17T09:00:00.001Z'],
] as const;
const [IN_2030, IN_2031] = ['2030-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z'] as const;

const since = (at: string, more: Partial<CauseRecord> = {}): CauseRecord => ({ at, source: 'ses_event', ...more });
/** What beginnings and an end become, as times. */
const righted = (begun: readonly (string | undefined)[], endedAt?: string) => {
  const right = withoutFuture({ begun: begun.map((at) => (at === undefined ? at : since(at))), endedAt }, NOW);
  return [right.begun.map((record) => record?.at), right.endedAt];
};

describe('a time that our own clock has reached, or will within a minute,', () => {
  it.each(['2026-11-24T09:59:59.999Z', NOW, '2026-11-24T10:01:00.000Z'])('stays as it is: %s', (at) => {
    const record = since(at, { endsAt: IN_2030, note: 'bounced_hard Permanent General 5.1.1' });
    const right = withoutFuture({ begun: [record, undefined], endedAt: at }, NOW);

    expect(right).toEqual({ begun: [record, undefined], endedAt: at });
    expect(right.begun[0]).toBe(record);
  });

  it('is at most a minute ahead', () => {
    expect(latestTime(NOW)).toBe('2026-11-24T10:01:00.000Z');
    expect(righted(['2026-11-24T10:01:00.001Z'])).toEqual([[EPOCH], undefined]);
  });
});

describe('a beginning in the future', () => {
  it.each([
    ['began in 1970 where nothing has ended', [IN_2030], undefined, [EPOCH], undefined],
    ['began right after the end before it', [IN_2030], TUESDAY, [TUESDAY_AND_1_MS], TUESDAY],
    ['that had ended began and ended in 1970', [IN_2030], IN_2031, [EPOCH], EPOCH],
    ['that ended at that very time had ended', [IN_2030], IN_2030, [EPOCH], EPOCH],
    ['that had ended began when another one did', [MONDAY, IN_2030], IN_2031, [MONDAY, MONDAY], MONDAY],
    ['after an end in the future comes after it', [TUESDAY, IN_2031], IN_2030, [TUESDAY, TUESDAY_AND_1_MS], TUESDAY],
    ['leaves another beginning alone', [undefined, MONDAY, IN_2030], undefined, [undefined, MONDAY, EPOCH], undefined],
  ])('%s', (_, begun, endedAt, right, rightEnd) => {
    expect(righted(begun, endedAt)).toEqual([right, rightEnd]);
  });

  it('lasts as long as it did', () => {
    const record = since(IN_2030, { endsAt: '2030-01-15T00:00:00.000Z', messageId: 'm1', note: 'soft' });

    expect(withoutFuture({ begun: [record], endedAt: TUESDAY }, NOW).begun).toEqual([
      { ...record, at: TUESDAY_AND_1_MS, endsAt: '2026-12-01T09:00:00.001Z' },
    ]);
  });

  it('has no end of its own afterwards where it had none', () => {
    expect(withoutFuture({ begun: [since(IN_2030)] }, NOW).begun).toEqual([since(EPOCH)]);
  });
});

describe('an end in the future', () => {
  it.each([
    ['was when what it ended began', [MONDAY], [MONDAY], MONDAY],
    ['was when the last of several began, in whatever order', [TUESDAY, MONDAY], [TUESDAY, MONDAY], TUESDAY],
    ['was in 1970 where nothing is known to have begun', [], [], EPOCH],
  ])('%s', (_, begun, right, rightEnd) => {
    expect(righted(begun, IN_2030)).toEqual([right, rightEnd]);
  });
});

const aTime = fc.constantFrom(undefined, MONDAY, TUESDAY, TUESDAY_AND_1_MS, NOW, IN_2030, IN_2031);

describe('times that are put right', () => {
  it('leave in force what was, and ended what was', () => {
    fc.assert(
      fc.property(fc.array(aTime, { maxLength: 3 }), aTime, (begun, endedAt) => {
        const before = begun.map((at) => at && (endedAt === undefined || at > endedAt));
        const [right = [], end] = righted(begun, endedAt) as [string[], string | undefined];

        expect(right.map((at) => at && (end === undefined || at > end))).toEqual(before);
      }),
    );
  });

  it('are none in the future, and are right', () => {
    fc.assert(
      fc.property(fc.array(aTime, { maxLength: 3 }), aTime, (begun, endedAt) => {
        const [right = [], end] = righted(begun, endedAt) as [string[], string | undefined];

        for (const at of [...right, end]) expect((at ?? EPOCH) <= latestTime(NOW)).toBe(true);
        expect(righted(right, end)).toEqual([right, end]);
      }),
    );
  });
});

describe('the attributes that keep a cause', () => {
  it('are its beginning and its end, and what SES said of its list for bounces and complaints', () => {
    expect(Object.fromEntries(CAUSES.map((cause) => [cause, attributesKeeping(cause)]))).toEqual({
      complaint: { begun: ['complaint', 'complaintOnSesList'], ended: 'complaintEndedAt' },
      bounce: { begun: ['bounce', 'bounceOnSesList'], ended: 'bounceEndedAt' },
      repeated_soft_bounce: { begun: ['repeatedSoftBounce'], ended: 'repeatedSoftBounceEndedAt' },
      forwarded_bounce: { begun: ['forwardedBounce'], ended: 'forwardedBounceEndedAt' },
      ses_global_list: { begun: ['sesGlobalList'], ended: 'sesGlobalListEndedAt' },
      manual: { begun: ['manual'], ended: 'manualEndedAt' },
      unsubscribe: { begun: ['unsubscribe'], ended: 'unsubscribeEndedAt' },
    });
  });
});

describe('the repairs of a row', () => {
  const address = 'ann@example.com';

  it('are none where no time is in the future', () => {
    const sound: SuppressionItem = {
      ...{ address, bounce: since(TUESDAY), bounceEndedAt: MONDAY, complaintOnSesList: since(MONDAY) },
      ...{ manual: since(MONDAY, { source: 'api' }), unsubscribeEndedAt: NOW },
    };

    expect(repairs(sound, NOW)).toEqual({});
    expect(repairs({ address }, NOW)).toEqual({});
  });

  it('are the attributes that change, and no other', () => {
    const item: SuppressionItem = {
      ...{ address, bounce: since(MONDAY), bounceOnSesList: since(IN_2030), bounceEndedAt: TUESDAY },
      ...{ complaint: since(IN_2030, { ambiguous: true }), complaintEndedAt: IN_2031 },
      ...{ manual: since(MONDAY, { source: 'api' }), manualEndedAt: IN_2030 },
    };

    expect(repairs(item, NOW)).toEqual({
      bounceOnSesList: since(TUESDAY_AND_1_MS),
      complaint: since(EPOCH, { ambiguous: true }),
      complaintEndedAt: EPOCH,
      manualEndedAt: MONDAY,
    });
  });

  it('are of the attributes asked for alone, such as those of one category', () => {
    const row = { 'unsubscribe:news': since(IN_2030), bounce: since(IN_2030), 'unsubscribeEndedAt:news': MONDAY };

    expect(repairsOf(row, { begun: ['unsubscribe:news'], ended: 'unsubscribeEndedAt:news' }, NOW)).toEqual([
      ['unsubscribe:news', since('2026-11-16T09:00:00.001Z')],
    ]);
  });
});
