import { describe, expect, it } from 'vitest';
import { reportedBySes, wasListedBefore } from '../../../lambdas/domain/suppression/ses-evidence.ts';
import { CAUSES, type CauseRecord, type SuppressionItem } from '../../../lambdas/domain/suppression/suppression.ts';
import { DAY, later } from '../../../lambdas/domain/values/time.ts';

const MINUTE = 60_000;
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const record = (at: string, more: Partial<CauseRecord> = {}): CauseRecord => ({ at, source: 'ses_event', ...more });
const word = (at: string): CauseRecord => record(at, { onSesList: true, note: 'OnAccountSuppressionList' });
/** SES said at that time that its list has the address as a bounce. */
const said = (at: string, more: Partial<SuppressionItem> = {}): SuppressionItem => ({
  ...{ address: 'ann@example.com', bounceOnSesList: word(at), ...more },
});
const saidComplaint = (at: string, more: Partial<SuppressionItem> = {}): SuppressionItem => ({
  ...{ address: 'ann@example.com', complaintOnSesList: word(at), ...more },
});
const isNews = (item: SuppressionItem) => reportedBySes(item, 'bounce') !== undefined;

describe('SES’s word that its list has an address', () => {
  it('is its report of that cause, where nothing else is known', () => {
    const item = { ...said(day(3)), complaintOnSesList: word(day(4)) };

    expect(reportedBySes(item, 'bounce')).toEqual(word(day(3)));
    expect(reportedBySes(item, 'complaint')).toEqual(word(day(4)));
    expect(reportedBySes({ address: 'ann@example.com', bounce: record(day(3)) }, 'bounce')).toBeUndefined();
  });

  it('is of a complaint or a bounce alone, the reasons that its list knows', () => {
    const item = { ...said(day(3)), complaintOnSesList: word(day(4)) };

    expect(CAUSES.filter((cause) => reportedBySes(item, cause) !== undefined)).toEqual(['complaint', 'bounce']);
  });
});

describe('SES’s word after a lifting', () => {
  const lifted = { bounceEndedAt: day(10) };
  const follow = (takenOffAt: string) =>
    ({ ...lifted, sesList: { wanted: 'NOTHING', at: takenOffAt, takenOffAt } }) as const;
  const FOLLOWED = later(day(10), 5 * MINUTE);

  it.each([
    ['no news where it is of before', day(9), lifted, false],
    ['no news where it is of that moment', day(10), lifted, false],
    ['no news while the mirror has yet to take the address off', day(11), lifted, false],
    ['no news a millisecond before the queue drops the mirror’s work', later(day(24), -1), lifted, false],
    ['news 14 days later, when the queue has dropped the mirror’s work', day(24), lifted, true],
    ['no news within a minute after the mirror took it off', later(FOLLOWED, MINUTE), follow(FOLLOWED), false],
    ['news after that minute', later(FOLLOWED, MINUTE + 1), follow(FOLLOWED), true],
    ['news where the mirror took it off at that moment', later(day(10), MINUTE + 1), follow(day(10)), true],
    ['no news where it was taken off only for a lifting before this one', day(12), follow(day(9)), false],
    ['no news where it is of before and was taken off before', day(9), follow(day(5)), false],
    ['news of a bounce where a complaint was lifted', day(11), { complaintEndedAt: day(10) }, true],
  ] as const)('is %s', (_, at, more, expected) => {
    expect(isNews(said(at, more))).toBe(expected);
  });

  it('is no news of a complaint that was lifted either', () => {
    expect(reportedBySes(saidComplaint(day(11), { complaintEndedAt: day(10) }), 'complaint')).toBeUndefined();
    expect(reportedBySes(saidComplaint(day(11), { bounceEndedAt: day(10) }), 'complaint')).toBeDefined();
  });

  it('is no news within a minute after the address was taken off for whatever cause', () => {
    const sesList = { wanted: 'NOTHING', at: day(10), takenOffAt: day(10) } as const;

    expect([isNews(said(later(day(10), 1), { sesList })), isNews(said(later(day(10), 61_000), { sesList }))]).toEqual([
      ...[false, true],
    ]);
  });
});

describe('SES’s word of an address that the mirror put on its list', () => {
  const mirrored = { wanted: 'BOUNCE', reason: 'BOUNCE', at: day(12), listedSince: day(10) } as const;

  it.each([
    ['repeats what was asked for', day(11), mirrored, false],
    ['repeats it from a minute before the mirror noted the entry', later(day(10), -MINUTE), mirrored, false],
    ['is of an entry of SES’s own where it is older', later(day(10), -MINUTE - 1), mirrored, true],
    [
      'repeats it since the note where an older row says no more',
      day(12),
      { ...mirrored, listedSince: undefined },
      false,
    ],
    ['is of SES’s own before that note', day(11), { ...mirrored, listedSince: undefined }, true],
    ['is of SES’s own where SES had it there before', day(11), { ...mirrored, listedBefore: ['bounce'] }, true],
    ['repeats it where SES had it before as a complaint', day(11), { ...mirrored, listedBefore: ['complaint'] }, false],
    ['repeats it where it was put there for a complaint', day(11), { ...mirrored, wanted: 'COMPLAINT' }, false],
    ['is of SES’s own where nothing was put there', day(11), { ...mirrored, wanted: 'NOTHING' }, true],
  ])('%s', (_, at, sesList, expected) => {
    expect(isNews(said(at, { sesList } as Partial<SuppressionItem>))).toBe(expected);
  });

  it.each([
    ['news where the mirror asked for a bounce', 'BOUNCE', true],
    ['none where the mirror asked for a complaint', 'COMPLAINT', false],
    ['news where the mirror asked for nothing', 'NOTHING', true],
  ] as const)('is of a complaint %s', (_, wanted, expected) => {
    const item = saidComplaint(day(11), { sesList: { ...mirrored, wanted } });

    expect(reportedBySes(item, 'complaint') !== undefined).toBe(expected);
  });

  describe('and that was lifted since, more than 14 days before', () => {
    const LATE = later(day(11), 15 * DAY);
    const late = (more: Partial<SuppressionItem>, bounceEndedAt = day(11)) =>
      said(LATE, { sesList: mirrored, bounceEndedAt, ...more });

    it.each([
      ['news: the mirror’s entry should be gone by then', late({ manual: record(day(10)) }), true],
      ['news where the cause began at the moment of the lifting', late({ manual: record(day(11)) }), true],
      ['news where the lifting came the moment the mirror noted the entry', late({}, day(10)), true],
      ['none where the lifting was of before the entry', late({}, later(day(10), -1)), false],
      ['none where another cause asked for the entry since', late({ manual: record(day(12)) }), false],
      ['none where one of several did', late({ manual: record(day(10)), complaint: record(day(12)) }), false],
      ['news where what began since is not for SES’s list', late({ unsubscribe: record(day(12)) }), true],
    ])('is %s', (_, item, expected) => {
      expect(isNews(item)).toBe(expected);
    });
  });
});

describe('an entry that SES had reported before the mirror saw to the address', () => {
  const SEEN = day(10);
  const before = (at: string, askedFor: string | undefined) => wasListedBefore(said(at), 'bounce', askedFor, SEEN);

  it.each([
    ['is one where no cause asks the mirror for one', day(12), undefined, true],
    ['is one where SES’s word came before the first cause', later(day(11), -1), day(11), true],
    ['is none where it came with it', day(11), day(11), false],
    ['is one where it came more than a minute before', later(SEEN, -MINUTE - 1), day(1), true],
    ['is none where it came a minute before: SES goes by the mirror’s entry', later(SEEN, -MINUTE), day(1), false],
    ['is none where it came since', day(11), day(1), false],
  ])('%s', (_, at, askedFor, expected) => {
    expect(before(at, askedFor)).toBe(expected);
  });

  it('is none where SES said nothing of that cause, or nothing new', () => {
    expect(wasListedBefore(said(day(1)), 'complaint', undefined, SEEN)).toBe(false);
    expect(wasListedBefore(said(day(1), { bounceEndedAt: day(2) }), 'bounce', undefined, SEEN)).toBe(false);
  });
});
