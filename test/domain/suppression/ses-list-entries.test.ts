import { describe, expect, it } from 'vitest';
import { lackingCause, listedRun } from '../../../lambdas/domain/suppression/ses-list.ts';
import type {
  CauseRecord,
  SesListRecord,
  SesReason,
  SuppressionItem,
} from '../../../lambdas/domain/suppression/suppression.ts';
import { later } from '../../../lambdas/domain/values/time.ts';

const NOW = '2026-11-30T10:00:00.000Z';
const MINUTE = 60_000;
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const record = (at: string, more: Partial<CauseRecord> = {}): CauseRecord => ({ at, source: 'ses_event', ...more });
const word = (at: string): CauseRecord => record(at, { onSesList: true });
const row = (more: Partial<SuppressionItem> = {}): SuppressionItem => ({ address: 'ann@example.com', ...more });
const gone = (at: string): SesListRecord => ({
  ...{ wanted: 'NOTHING', at, takenOffAt: at, spellings: ['ann@example.com'] },
});

describe('the cause that an entry of SES’s list reports and a row lacks', () => {
  const lacks = (reason: SesReason, at: string, more: Partial<SuppressionItem> | undefined) =>
    lackingCause(more && row(more), { spelling: 'Ann@example.com', reason, at }, NOW);

  it('is the entry’s where nothing is known of the address, or nothing that belongs on the list', () => {
    for (const known of [undefined, {}, { unsubscribe: record(day(3)) }]) {
      expect([lacks('BOUNCE', day(5), known), lacks('COMPLAINT', day(5), known)]).toEqual(['bounce', 'complaint']);
    }
  });

  it.each([
    ['a complaint explains both', { complaint: record(day(3)) }, undefined, undefined],
    ['a bounce explains no complaint', { bounce: record(day(3)) }, undefined, 'complaint'],
    ['nor does a person’s suppression', { manual: record(day(3)) }, undefined, 'complaint'],
  ])('is what no cause in force explains: %s', (_, known, bounce, complaint) => {
    expect([lacks('BOUNCE', day(5), known), lacks('COMPLAINT', day(5), known)]).toEqual([bounce, complaint]);
  });

  describe('after a lifting', () => {
    const lifted = { bounce: record(day(3)), bounceEndedAt: day(10), endsOnSesList: true } as const;
    const followed = { ...lifted, sesList: gone(day(12)) };

    it.each([
      ['is none while the mirror has yet to take it off', day(11), lifted, undefined],
      ['is none of an entry of before', day(9), followed, undefined],
      ['is none of an entry that the mirror took off', day(11), followed, undefined],
      ['is none of an entry of the moment at which it was taken off', day(12), followed, undefined],
      ['is that of an entry that SES made since', later(day(12), 1), followed, 'bounce'],
    ])('%s', (_, at, known, expected) => {
      expect(lacks('BOUNCE', at, known)).toBe(expected);
    });

    it('is none of an entry of that moment, nor of before, where there was no mirror', () => {
      const old = { bounce: record(day(3)), bounceEndedAt: day(10) };

      expect([lacks('BOUNCE', day(9), old), lacks('BOUNCE', day(10), old)]).toEqual([undefined, undefined]);
      expect(lacks('BOUNCE', later(day(10), 1), old)).toBe('bounce');
    });
  });

  describe('of a complaint, where something weaker goes on', () => {
    const listed = { wanted: 'BOUNCE', reason: 'BOUNCE', at: day(12) } as const;
    const bounced = { bounce: record(day(3)) };
    const ended = { ...bounced, complaint: record(day(4)), complaintEndedAt: day(10) };

    it.each([
      ['is none where it ended and the mirror is busy with it', day(11), ended, undefined],
      ['is none of before the mirror has followed', day(11), { ...ended, sesList: listed }, undefined],
      ['is one of after that', later(day(12), 1), { ...ended, sesList: listed }, 'complaint'],
      ['is one where there was none before, whatever the mirror is about', day(11), bounced, 'complaint'],
      ['is one of before the mirror looked, too', day(11), { ...bounced, sesList: listed }, 'complaint'],
      ['is none of before another cause ended', day(11), { ...bounced, manualEndedAt: day(11) }, undefined],
    ])('%s', (_, at, known, expected) => {
      expect(lacks('COMPLAINT', at, known)).toBe(expected);
    });
  });
});

describe('since when SES’s list has an address', () => {
  const SEEN = day(20);
  const listed = { wanted: 'BOUNCE', reason: 'BOUNCE', at: day(12), listedSince: day(10) } as const;
  const since = (sesList?: SesListRecord) =>
    listedRun(row({ manual: record(day(3)), ...(sesList && { sesList }) }), SEEN);

  it.each([
    ['now where the mirror puts it there first', undefined, SEEN],
    ['now where it had been taken off', { ...gone(day(12)), listedSince: day(5) }, SEEN],
    ['since then where it is still there', listed, day(10)],
    ['since the last note of an older row', { ...listed, listedSince: undefined as never }, day(12)],
  ])('is noted as %s', (_, sesList, expected) => {
    expect(since(sesList)).toStrictEqual({ listedSince: expected });
  });
});

describe('what SES had an address on its list for before the mirror', () => {
  const SEEN = day(20);
  const before = (more: Partial<SuppressionItem>) => listedRun(row(more), SEEN).listedBefore;
  const listed = (more: Partial<SesListRecord> = {}): SesListRecord => ({
    ...{ wanted: 'BOUNCE', reason: 'BOUNCE', at: day(12), listedSince: day(10), ...more },
  });
  /** A person suppressed the address, and SES said half a minute before the mirror came that it is on its list. */
  const NEARLY = later(SEEN, -MINUTE / 2);

  it.each([
    ['a bounce that SES reported before', { manual: record(day(3)), bounceOnSesList: word(day(2)) }, ['bounce']],
    [
      'a bounce that SES reported long after the cause',
      { manual: record(day(3)), bounceOnSesList: word(day(18)) },
      ['bounce'],
    ],
    [
      'nothing that repeats the mirror’s own entry',
      { manual: record(day(3)), bounceOnSesList: word(NEARLY) },
      undefined,
    ],
    [
      'nothing that repeats what the first of several causes asked for',
      { repeatedSoftBounce: record(SEEN), manual: record(day(3)), bounceOnSesList: word(NEARLY) },
      undefined,
    ],
    [
      'a complaint, which a bounce does not ask for',
      { manual: record(day(3)), complaintOnSesList: word(NEARLY) },
      ['complaint'],
    ],
    ['nothing that a complaint asked for', { complaint: record(day(3)), complaintOnSesList: word(NEARLY) }, undefined],
    ['a bounce that only SES reports', { bounceOnSesList: word(NEARLY) }, ['bounce']],
    [
      'a bounce that the import brought, which asks for nothing',
      { bounce: word(day(3)), bounceOnSesList: word(NEARLY) },
      ['bounce'],
    ],
    [
      'both, where SES reported both',
      { manual: record(day(3)), bounceOnSesList: word(day(2)), complaintOnSesList: word(day(2)) },
      ['complaint', 'bounce'],
    ],
    ['nothing where SES said nothing', { manual: record(day(3)) }, undefined],
    ['what was noted, while the address stays there', { sesList: listed({ listedBefore: ['bounce'] }) }, ['bounce']],
    ['nothing of before it was taken off', { sesList: { ...gone(day(12)), listedBefore: ['bounce'] } }, undefined],
  ] as const)('is %s', (_, more, expected) => {
    expect(before(more)).toEqual(expected);
  });
});
