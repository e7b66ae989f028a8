import { describe, expect, it } from 'vitest';
import {
  apartFromGlobalList,
  causeState,
  isOfGlobalList,
  keepsGlobalListAsBounce,
} from '../../../lambdas/domain/suppression/global-suppression-list.ts';
import type { CauseRecord, SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';
import type { HistoryEntry } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { historyLine } from '../../../lambdas/domain/suppression/suppression-history.ts';
import { later } from '../../../lambdas/domain/values/time.ts';

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const GLOBAL = 'suppressed Permanent Suppressed 5.1.1';
const HARD = 'bounced_hard Permanent General 5.1.1';
const record = (at: string, note: string): CauseRecord => ({ at, source: 'ses_event', messageId: `m-${at}`, note });
const told = (at: string, more: Partial<HistoryEntry> = {}) =>
  historyLine({ what: 'bounce', ...record(at, HARD), ...more });
/** As code of before this cause wrote it: a report of the 10th in the place of an earlier bounce. */
const row = (more: Partial<SuppressionItem> = {}): SuppressionItem => ({
  address: 'ann@example.com',
  bounce: record(day(10), GLOBAL),
  ...more,
});
const REPORTED = { ...record(day(10), GLOBAL), endsAt: day(24) };
const own = (at: string) => ({ ...record(at, GLOBAL), endsAt: later(at, 14 * 86_400_000) });
const SAME_TIME = { ...own(day(10)), messageId: 'another' };

describe('a report of SES’s global list', () => {
  it.each([
    [GLOBAL, true],
    ['suppressed Transient Suppressed', true],
    ['suppressed Permanent OnAccountSuppressionList', false],
    ['bounced_hard Permanent General 5.0 Suppressed', false],
    ['not suppressed Suppressed', false],
    [undefined, false],
  ])('is told by its note: %s', (note, is) => {
    expect(isOfGlobalList(note === undefined ? {} : { note })).toBe(is);
    expect(keepsGlobalListAsBounce(row({ bounce: { at: day(10), source: 'ses_event', ...(note && { note }) } }))).toBe(
      is,
    );
  });
});

describe('what a row keeps of a cause', () => {
  it('is its record and its last end', () => {
    const item = row({ bounce: record(day(3), HARD), bounceEndedAt: day(4), sesGlobalList: own(day(5)) });

    expect(causeState(item, 'bounce')).toEqual({ record: record(day(3), HARD), endedAt: day(4) });
    expect(causeState(item, 'ses_global_list')).toEqual({ record: own(day(5)), endedAt: undefined });
  });

  it('is the same for every other cause of a row with such a report', () => {
    expect(causeState(row({ manual: record(day(3), 'asked'), manualEndedAt: day(4) }), 'manual')).toEqual({
      ...{ record: record(day(3), 'asked'), endedAt: day(4) },
    });
  });

  it.each([
    ['never, where neither has ended', {}, undefined],
    ['when the bounce was lifted', { bounceEndedAt: day(11) }, day(11)],
    ['when it was lifted itself', { sesGlobalListEndedAt: day(12) }, day(12)],
    ['at the later of both', { bounceEndedAt: day(11), sesGlobalListEndedAt: day(12) }, day(12)],
    ['at the later of both, the other way round', { bounceEndedAt: day(13), sesGlobalListEndedAt: day(12) }, day(13)],
  ])('is a report that ended %s', (_, more, endedAt) => {
    expect(causeState(row(more), 'ses_global_list')).toEqual({ record: REPORTED, endedAt });
  });

  it.each([
    ['the report as a bounce where that is the later one', { sesGlobalList: own(day(9)) }, REPORTED],
    ['the report of its own where that is the later one', { sesGlobalList: own(day(11)) }, own(day(11))],
    ['the report of its own where both are of one time', { sesGlobalList: SAME_TIME }, SAME_TIME],
    [
      'the report of its own where the other has ended',
      { sesGlobalList: own(day(9)), bounceEndedAt: day(10) },
      own(day(9)),
    ],
    [
      'the later report where only an earlier one ended',
      { sesGlobalList: own(day(7)), bounceEndedAt: day(9) },
      REPORTED,
    ],
  ])('is, of two reports, %s', (_, more, expected) => {
    expect(causeState(row(more), 'ses_global_list').record).toEqual(expected);
  });
});

describe('the bounce before a report that took its place', () => {
  const bounceBefore = (...history: readonly string[]) => causeState(row({ history }), 'bounce').record;

  it('is the last that the history tells, in whatever order its lines are', () => {
    const lines = [told(day(2)), told(day(6)), told(day(4))];

    expect(bounceBefore(...lines)).toStrictEqual(record(day(6), HARD));
    expect(bounceBefore(...lines.toReversed())).toStrictEqual(record(day(6), HARD));
  });

  it('may be one that the import of SES’s account list brought', () => {
    expect(bounceBefore(told(day(2), { source: 'ses_list', note: 'on SES’s list as BOUNCE' }))?.source).toBe(
      'ses_list',
    );
  });

  it.each([
    ['a report of SES’s global list', told(day(6), { note: GLOBAL })],
    ['SES’s refusal to send', told(day(6), { note: 'suppressed Permanent OnAccountSuppressionList' })],
    ['a bounce without a note', historyLine({ at: day(6), what: 'bounce', source: 'ses_event' })],
    ['another cause', told(day(6), { what: 'forwarded_bounce' })],
    ['a complaint that was imported', told(day(6), { what: 'complaint', source: 'ses_list' })],
    ['a line that cannot be read', 'something else'],
  ])('is never %s', (_, line) => {
    expect(bounceBefore(line)).toBeUndefined();
    expect(bounceBefore(told(day(2)), line)?.at).toBe(day(2));
  });

  it('is none in a row without history', () => {
    expect(causeState(row(), 'bounce')).toEqual({ record: undefined, endedAt: undefined });
  });
});

describe('a bounce that is recorded over such a report', () => {
  const history = [told(day(6))];

  it('moves the report to where it belongs, and is compared with the bounce before', () => {
    expect(apartFromGlobalList(row({ history }))).toStrictEqual({
      ...{ bounce: record(day(6), HARD), moved: { sesGlobalList: REPORTED } },
    });
    expect(apartFromGlobalList(row())).toStrictEqual({ bounce: undefined, moved: { sesGlobalList: REPORTED } });
  });

  it.each([
    ['was lifted', { bounceEndedAt: day(11) }, {}],
    ['was lifted at its time', { bounceEndedAt: day(10) }, {}],
    ['was lifted as what it is', { sesGlobalListEndedAt: day(11) }, {}],
    ['came after the last lifting', { bounceEndedAt: day(9) }, { sesGlobalList: REPORTED }],
    ['is later than the one that is there', { sesGlobalList: own(day(9)) }, { sesGlobalList: REPORTED }],
    ['is earlier than the one that is there', { sesGlobalList: own(day(11)) }, {}],
  ])('moves a report that goes on, and no other: it %s', (_, more, moved) => {
    expect(apartFromGlobalList(row(more))?.moved).toStrictEqual(moved);
  });

  it('finds nothing to move in a row that keeps none as a bounce', () => {
    expect(apartFromGlobalList(row({ bounce: record(day(3), HARD) }))).toBeUndefined();
    expect(apartFromGlobalList({ address: 'ann@example.com', sesGlobalList: own(day(3)) })).toBeUndefined();
  });
});
