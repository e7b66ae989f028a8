import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../../lambdas/domain/suppression/cause-beginning.ts';
import type { CauseRecord, SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';
import type { HistoryEntry } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { historyLine } from '../../../lambdas/domain/suppression/suppression-history.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const HARD = 'bounced_hard Permanent General 5.1.1';
const REFUSED = 'suppressed Permanent OnAccountSuppressionList 5.1.1';
const GLOBAL_LIST = 'suppressed Permanent Suppressed 5.1.1';

/** What SES reported on a day, by an email called after it. */
const report = (number: number, more: Partial<CauseRecord> = {}): CauseRecord => ({
  ...{ at: day(number), source: 'ses_event', messageId: `m${number}` },
  ...more,
});
const entry = (number: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  ...{ what: 'bounce', ...report(number) },
  ...more,
});
const row = (history: readonly HistoryEntry[], more: Partial<SuppressionItem> = {}): SuppressionItem => ({
  ...{ address: 'ann@example.com', history: history.map(historyLine) },
  ...more,
});
const bounce = { cause: 'bounce', record: report(20, { note: REFUSED }), endedAt: undefined } as const;

describe('a cause that was reported again and again', () => {
  const history = [entry(12, { note: REFUSED }), entry(10, { note: HARD }), entry(20, { note: REFUSED })];

  it('began with the first report, whichever order the history has', () => {
    const first = entry(10, { note: HARD });

    expect(beginningOf(row(history), bounce)).toEqual(first);
    expect(beginningOf(row(history.toReversed()), bounce)).toEqual(first);
  });

  it('began with the first report after it last ended', () => {
    expect(beginningOf(row(history), { ...bounce, endedAt: day(11) })).toEqual(entry(12, { note: REFUSED }));
    expect(beginningOf(row(history), { ...bounce, endedAt: day(10) })).toEqual(entry(12, { note: REFUSED }));
  });

  it('began with the first report after SES’s list had its address taken off', () => {
    const sesList = { wanted: 'NOTHING', at: day(11), takenOffAt: day(10) } as const;

    expect(beginningOf(row(history, { sesList }), bounce)).toEqual(entry(12, { note: REFUSED }));
  });

  it('is as its record says where a person decided it', () => {
    const record = report(20, { source: 'api', note: 'asked by phone' });

    expect(
      beginningOf(row([entry(10, { what: 'manual', note: 'before' })]), { ...bounce, cause: 'manual', record }),
    ).toBe(record);
  });

  it.each([
    ['where the history has no room for it', []],
    ['where the history has later reports only', [entry(21)]],
    ['where the history has other causes', [entry(10, { what: 'complaint' }), entry(11, { what: 'bounce_lifted' })]],
  ])('is as its record says %s', (_, others) => {
    expect(beginningOf(row(others), bounce)).toBe(bounce.record);
  });

  it('is as its record says where there is no history, or none that this version reads', () => {
    expect(beginningOf({ address: 'ann@example.com' }, bounce)).toBe(bounce.record);
    expect(beginningOf({ address: 'ann@example.com', history: ['2026 teleported'] }, bounce)).toBe(bounce.record);
  });

  it('is told by its record where the first report is the record’s own', () => {
    expect(beginningOf(row([entry(20, { note: 'another' })]), bounce)).toBe(bounce.record);
  });

  it('began with the report whose line comes first, of several of one time', () => {
    const [one, other] = [entry(10, { messageId: 'a' }), entry(10, { messageId: 'b' })];

    expect(beginningOf(row([one, other]), bounce)).toEqual(one);
    expect(beginningOf(row([other, one]), bounce)).toEqual(one);
  });
});

describe('a cause that ends by itself', () => {
  const record = report(20, { endsAt: day(24), note: GLOBAL_LIST });
  const told = { cause: 'ses_global_list', record, endedAt: undefined } as const;
  const began = (...days: readonly number[]) =>
    beginningOf(row([...days, 20].map((number) => entry(number, { what: 'ses_global_list' }))), told).at;

  it.each([
    ['that was in force when the next report came', [13, 16], 13],
    ['that ended at the very time of the next', [12, 16], 12],
    ['but for one that had ended before the next', [11, 16], 16],
    ['but for those before a gap', [9, 10, 15], 20],
  ])('began with the first report %s', (_, days, first) => {
    expect(began(...days)).toBe(day(first));
  });
});

describe('reports of SES’s global list', () => {
  it('that old rows have as bounces began the one cause, and not the other', () => {
    const history = [entry(10, { note: GLOBAL_LIST }), entry(12, { note: HARD })];
    const global = { ...bounce, cause: 'ses_global_list', record: report(20, { note: GLOBAL_LIST }) } as const;

    expect(beginningOf(row(history), bounce).at).toBe(day(12));
    expect(beginningOf(row(history), global).at).toBe(day(10));
  });

  it('are told by what was recorded as a bounce, and by nothing else', () => {
    const complaint = { ...bounce, cause: 'complaint' } as const;

    expect(beginningOf(row([entry(10, { what: 'complaint', note: GLOBAL_LIST })]), complaint).at).toBe(day(10));
  });
});

describe('unsubscribing', () => {
  const told = { cause: 'unsubscribe', record: report(20, { source: 'unsubscribe' }), endedAt: undefined } as const;
  const left = (number: number, category?: string) =>
    entry(number, { what: 'unsubscribe', source: 'unsubscribe', ...(category !== undefined && { category }) });
  const history = [left(9, 'news'), left(10), left(11, 'Straße'), left(12, 'events')];

  it.each([
    ['from all mail', undefined, 10],
    ['from one category', 'events', 12],
    ['from a category that was spelled otherwise', 'strasse', 11],
    ['from a category of which the history says nothing', 'offers', 20],
  ])('%s began when that was first left', (_, category, first) => {
    expect(beginningOf(row(history), { ...told, ...(category !== undefined && { category }) }).at).toBe(day(first));
  });

  it('from one category did not begin by leaving all mail, nor the other way round', () => {
    expect(beginningOf(row([left(10)]), { ...told, category: 'news' })).toBe(told.record);
    expect(beginningOf(row([left(10, 'news')]), told)).toBe(told.record);
  });

  it('is none of SES’s list’s business', () => {
    const sesList = { wanted: 'NOTHING', at: day(15), takenOffAt: day(15) } as const;

    expect(beginningOf(row(history, { sesList }), told).at).toBe(day(10));
  });
});
