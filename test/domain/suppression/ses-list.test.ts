import { describe, expect, it } from 'vitest';
import {
  concernsSesList,
  isMirrored,
  lastEnded,
  spellingsOf,
  wantedOnSesList,
} from '../../../lambdas/domain/suppression/ses-list.ts';
import {
  ATTRIBUTES,
  CAUSES,
  type CauseRecord,
  type SesListRecord,
  type SuppressionItem,
} from '../../../lambdas/domain/suppression/suppression.ts';
import { later } from '../../../lambdas/domain/values/time.ts';

const NOW = '2026-11-30T10:00:00.000Z';
const MINUTE = 60_000;
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const record = (at: string, more: Partial<CauseRecord> = {}): CauseRecord => ({ at, source: 'ses_event', ...more });
const word = (at: string): CauseRecord => record(at, { onSesList: true });
const row = (more: Partial<SuppressionItem> = {}): SuppressionItem => ({ address: 'ann@example.com', ...more });
const noted = (more: Partial<SesListRecord> = {}): SesListRecord => ({
  ...{ wanted: 'BOUNCE', reason: 'BOUNCE', at: day(20), ...more },
});
/** What the mirror notes once it took the address off. */
const gone = (at: string, ...spellings: readonly string[]): SesListRecord => ({
  ...{ wanted: 'NOTHING', at, takenOffAt: at, spellings },
});

describe('what SES’s list ought to say of an address', () => {
  it.each([
    ['complaint', 'COMPLAINT'],
    ['bounce', 'BOUNCE'],
    ['repeated_soft_bounce', 'BOUNCE'],
    ['forwarded_bounce', 'NOTHING'],
    ['ses_global_list', 'NOTHING'],
    ['manual', 'BOUNCE'],
    ['unsubscribe', 'NOTHING'],
  ] as const)('is, for %s, %s', (cause, wanted) => {
    expect(wantedOnSesList(row({ [ATTRIBUTES[cause][0]]: record(day(3)) }), NOW)).toBe(wanted);
  });

  it('is a complaint where there is one beside others, and nothing once all have ended', () => {
    const both = { bounce: record(day(3)), complaint: record(day(4)) };

    expect(wantedOnSesList(row(both), NOW)).toBe('COMPLAINT');
    expect(wantedOnSesList(row({ ...both, complaintEndedAt: day(5) }), NOW)).toBe('BOUNCE');
    expect(wantedOnSesList(row({ ...both, complaintEndedAt: day(5), bounceEndedAt: day(5) }), NOW)).toBe('NOTHING');
    expect(wantedOnSesList(row({ repeatedSoftBounce: record(day(3), { endsAt: NOW }) }), NOW)).toBe('NOTHING');
  });
});

describe('a row that is of SES’s list’s concern', () => {
  it.each([
    ['that the mirror has seen to', { sesList: noted() }, true],
    ['with a cause that belongs there', { manual: record(day(3)) }, true],
    ['of which nothing is known', {}, false],
    ['that ended before there was a mirror', { bounce: record(day(3)), bounceEndedAt: day(4) }, false],
    ['of a person who only unsubscribed', { unsubscribe: record(day(3)), endsOnSesList: true }, false],
    ['of which only the end is known', { bounceEndedAt: day(4), endsOnSesList: true }, false],
    [
      'that keeps SES’s global list as a bounce',
      { bounce: record(day(3), { note: 'suppressed Permanent Suppressed' }) },
      true,
    ],
  ] as const)('is one %s: %j', (_, more, concerns) => {
    expect(concernsSesList(row(more), NOW)).toBe(concerns);
  });

  it.each([
    ...CAUSES.filter((cause) => cause !== 'unsubscribe').map((cause) => ATTRIBUTES[cause]),
    ['complaintOnSesList', 'complaintEndedAt'],
    ['bounceOnSesList', 'bounceEndedAt'],
  ] as const)('is one whose %s ended in a way that SES’s list follows', (begun, ended) => {
    const lifted = { [begun]: record(day(3)), [ended]: day(4) };

    expect(concernsSesList(row({ ...lifted, endsOnSesList: true }), NOW)).toBe(true);
    expect(concernsSesList(row(lifted), NOW)).toBe(false);
  });
});

describe('the spellings of an address on SES’s list', () => {
  it.each([
    [
      'those that were seen, sorted',
      ['b@example.com', 'B@example.com', 'a@example.com'],
      'B@example.com a@example.com b@example.com',
    ],
    ['the address itself where none was seen', [], 'ann@example.com'],
    ['the address itself where older rows say none', undefined, 'ann@example.com'],
  ])('are %s', (_, spellings, expected) => {
    expect(spellingsOf(row(spellings && { spellings })).join(' ')).toBe(expected);
  });
});

describe('the last end of a cause that belongs on SES’s list', () => {
  it.each([
    ['none where nothing has ended', { bounce: record(day(3)) }, ''],
    [
      'the latest lifting, whichever cause that was of',
      { complaintEndedAt: day(4), bounceEndedAt: day(6), manualEndedAt: day(5) },
      day(6),
    ],
    [
      'when it ended by itself',
      { repeatedSoftBounce: record(day(3), { endsAt: day(9) }), bounceEndedAt: day(6) },
      day(9),
    ],
    ['that moment, where it ends by itself now', { repeatedSoftBounce: record(day(3), { endsAt: NOW }) }, NOW],
    ['none where it is yet to end by itself', { repeatedSoftBounce: record(day(3), { endsAt: later(NOW, 1) }) }, ''],
    ['a lifting of a clock a minute ahead', { bounceEndedAt: later(NOW, MINUTE) }, later(NOW, MINUTE)],
    ['none of a clock further ahead', { bounceEndedAt: later(NOW, MINUTE + 1), manualEndedAt: day(5) }, day(5)],
    ['none of what belongs on no list', { unsubscribeEndedAt: day(6), sesGlobalListEndedAt: day(7) }, ''],
  ])('is %s', (_, more, ended) => {
    expect(lastEnded(row(more), NOW)).toBe(ended);
  });
});

describe('SES’s list follows a row that suppresses', () => {
  const suppressed = { manual: record(day(3)) };
  const complained = { complaint: record(day(3)) };

  it.each([
    ['once the mirror noted the entry', { ...suppressed, sesList: noted() }, true],
    ['not before', suppressed, false],
    ['not where the mirror noted another reason', { ...complained, sesList: noted() }, false],
    ['not where it noted that before the last end', { ...suppressed, bounceEndedAt: day(21), sesList: noted() }, false],
    [
      'where it noted that at the moment of the last end',
      { ...suppressed, bounceEndedAt: day(20), sesList: noted() },
      true,
    ],
    ['where SES itself said that it has the address', { ...suppressed, bounceOnSesList: word(day(4)) }, true],
    ['where SES said so of the cause, as the import does', { bounce: word(day(3)) }, true],
    [
      'where SES has it for a complaint, which is no weaker',
      { complaint: word(day(3)), sesList: noted({ wanted: 'NOTHING', at: day(2) }) },
      true,
    ],
    ['not where SES has it for less', { ...complained, bounceOnSesList: word(day(4)) }, false],
    [
      'not where SES said so before the mirror looked last',
      { ...complained, complaintOnSesList: word(day(19)), sesList: noted() },
      false,
    ],
    [
      'not where SES said so at the moment the mirror looked',
      { ...complained, complaintOnSesList: word(day(20)), sesList: noted() },
      false,
    ],
    [
      'where SES said so since the mirror looked',
      { ...complained, complaintOnSesList: word(day(21)), sesList: noted() },
      true,
    ],
  ] as const)('%s', (_, more, mirrored) => {
    expect(isMirrored(row(more), NOW)).toBe(mirrored);
  });

  it('not by a note whose time has not come, but for a clock that is a minute ahead', () => {
    const at = (milliseconds: number) => row({ ...suppressed, sesList: noted({ at: later(NOW, milliseconds) }) });

    expect([isMirrored(at(MINUTE), NOW), isMirrored(at(MINUTE + 1), NOW)]).toEqual([true, false]);
  });
});

describe('SES’s list follows a row that is lifted', () => {
  const lifted = { manual: record(day(3)), manualEndedAt: day(10), endsOnSesList: true } as const;
  const [ann, Ann] = ['ann@example.com', 'Ann@example.com'];

  it.each([
    ['once the mirror took it off', { sesList: gone(day(10), ann) }, true],
    ['not before', {}, false],
    ['not where it was last put on', { sesList: noted() }, false],
    ['not where it was taken off before the lifting', { sesList: gone(day(9), ann) }, false],
    ['once every spelling was taken off', { sesList: gone(day(11), ann, Ann), spellings: [Ann, ann] }, true],
    ['not where one came to be known since', { sesList: gone(day(11), ann), spellings: [Ann, ann] }, false],
    ['not where an older note names no spelling', { sesList: { wanted: 'NOTHING', at: day(11) } }, false],
  ] as const)('%s', (_, more, mirrored) => {
    expect(isMirrored(row({ ...lifted, ...more }), NOW)).toBe(mirrored);
  });

  it('at once where it is of no concern to it', () => {
    expect(isMirrored(row({ unsubscribe: record(day(3)), unsubscribeEndedAt: day(4) }), NOW)).toBe(true);
  });
});
