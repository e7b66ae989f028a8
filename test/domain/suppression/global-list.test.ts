import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../lambdas/domain/ses-events/parse-event.ts';
import { causesInForce } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import { isMirrored, wantedOnSesList } from '../../../lambdas/domain/suppression/ses-list.ts';
import type { CauseRecord, SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';
import { historyLine } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { bounceEvent } from '../../support/ses-events.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const record = (at: string, note: string): CauseRecord => ({ at, source: 'ses_event', messageId: `m-${at}`, note });
const line = (at: string, note: string) => historyLine({ what: 'bounce', ...record(at, note) });
/** As the code of before this cause wrote what SES reported of its global list. */
const OLD = 'suppressed Permanent Suppressed 5.1.1';
const HARD = 'bounced_hard Permanent General 5.1.1';
const row = (more: Partial<SuppressionItem> = {}): SuppressionItem => ({
  address: 'ann@example.com',
  bounce: record(day(10), OLD),
  history: [line(day(10), OLD)],
  ...more,
});
const shown = (item: SuppressionItem, now: string) =>
  causesInForce(item, now).map(({ cause, at, endsAt }) => ({ cause, at, endsAt }));

describe('a bounce of subtype Suppressed', () => {
  it('is SES’s global list: a cause of its own that ends after 14 days', () => {
    const reading = parseEvent(bounceEvent({}, { subtype: 'Suppressed', timestamp: day(24) }), day(25));

    expect(reading.outcome === 'facts' && reading.suppressions).toMatchObject([
      { cause: 'ses_global_list', begins: { at: day(24).replace('10:00:00', '10:00:01'), source: 'ses_event' } },
    ]);
    const [change] = reading.outcome === 'facts' ? reading.suppressions : [];
    expect(change && 'begins' in change && change.begins.endsAt).toBe('2026-12-08T10:00:01.000Z');
  });

  it('suppresses until then, and wants nothing on SES’s account list', () => {
    const item: SuppressionItem = {
      address: 'ann@example.com',
      sesGlobalList: { ...record(day(10), OLD), endsAt: day(24) },
    };

    expect(shown(item, day(23))).toEqual([{ cause: 'ses_global_list', at: day(10), endsAt: day(24) }]);
    expect(shown(item, day(24))).toEqual([]);
    expect([wantedOnSesList(item, day(11)), isMirrored(item, day(11))]).toEqual(['NOTHING', true]);
  });
});

describe('a row that keeps such a report as a bounce', () => {
  it('is read as SES’s global list, with its end', () => {
    expect(shown(row(), day(23))).toEqual([{ cause: 'ses_global_list', at: day(10), endsAt: day(24) }]);
    expect(shown(row(), day(24))).toEqual([]);
  });

  it('wants nothing on SES’s account list, where it was put, and is to be mirrored', () => {
    const listed = row({ sesList: { wanted: 'BOUNCE', reason: 'BOUNCE', at: day(10) } });

    for (const item of [row(), listed]) {
      expect([wantedOnSesList(item, day(11)), isMirrored(item, day(11))]).toEqual(['NOTHING', false]);
    }
    const taken = row({
      sesList: { wanted: 'NOTHING', at: day(11), takenOffAt: day(11), spellings: ['ann@example.com'] },
    });
    expect(isMirrored(taken, day(12))).toBe(true);
  });

  it('still has the bounce that it took the place of, by its history', () => {
    const item = row({ history: [line(day(3), HARD), line(day(10), OLD)] });

    expect(shown(item, day(28))).toEqual([{ cause: 'bounce', at: day(3), endsAt: null }]);
    expect(wantedOnSesList(item, day(28))).toBe('BOUNCE');
  });

  it('has ended where it was lifted, and so has the bounce before', () => {
    expect(shown(row({ bounceEndedAt: day(11) }), day(12))).toEqual([]);
    expect(shown(row({ bounceEndedAt: day(4), history: [line(day(3), HARD)] }), day(12))).toMatchObject([
      { cause: 'ses_global_list' },
    ]);
  });

  it('is told from what else is kept as a bounce', () => {
    const others = [
      HARD,
      'bounced_hard Permanent General 5.0 Suppressed',
      'suppressed Permanent OnAccountSuppressionList',
    ];
    const causes = others.map((note) => shown(row({ bounce: record(day(10), note), history: [] }), day(28))[0]?.cause);

    expect(causes).toEqual(['bounce', 'bounce', 'bounce']);
  });
});

describe('a cause that ends by itself', () => {
  it('begins with the first report of its latest time without a break', () => {
    const reports = [day(1), day(16), day(20)].map((at) =>
      historyLine({ what: 'ses_global_list', ...record(at, OLD) }),
    );
    const item: SuppressionItem = {
      address: 'ann@example.com',
      sesGlobalList: { ...record(day(20), OLD), endsAt: '2026-12-04T10:00:00.000Z' },
      history: reports,
    };

    expect(shown(item, day(21))).toMatchObject([{ at: day(16), endsAt: '2026-12-04T10:00:00.000Z' }]);
  });
});
