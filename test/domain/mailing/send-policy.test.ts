import { describe, expect, it } from 'vitest';
import { checkBeforeSending, type Rejection, type SendCheck } from '../../../lambdas/domain/mailing/send-policy.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const EARLIER = '2026-11-24T12:00:00.000Z';
const LATER = '2026-11-25T12:00:00.001Z';

/** Nothing is in the way of this one. */
const free: SendCheck = { isDuplicate: false, suppression: undefined, mailing: { state: 'started' }, now: NOW };
const cause = { at: EARLIER, source: 'api' as const };
const address = 'ann@example.com';

/** One reason after the other, in the gate's order: what brings it about, and what comes of it. */
const REASONS: readonly (readonly [name: string, over: Partial<SendCheck>, refusal: Rejection])[] = [
  ['a bad address', { badAddress: 'is no address' }, { status: 'invalid_address', reason: 'is no address' }],
  ['a skip', { skip: 'no balance due' }, { status: 'skipped', reason: 'no balance due' }],
  ['a duplicate', { isDuplicate: true }, { status: 'canceled_duplicate' }],
  [
    'a suppression',
    { suppression: { address, bounce: { ...cause, source: 'ses_event' } } },
    { status: 'suppressed', reason: 'An earlier email to the address bounced' },
  ],
  [
    'an opt-out',
    { suppression: { address, unsubscribe: { ...cause, source: 'unsubscribe' } } },
    { status: 'canceled_unsubscribed', reason: 'Unsubscribed from all mailings' },
  ],
  ['a cancellation', { mailing: { state: 'canceled' } }, { status: 'canceled' }],
  ['a refusal', { mailing: { state: 'quarantined' } }, { status: 'quarantined' }],
  ['an end', { mailing: { state: 'expired' } }, { status: 'expired' }],
];

/** Two reasons at once; those that share a field need one that says both. */
const together = (one: Partial<SendCheck>, other: Partial<SendCheck>): SendCheck => ({
  ...free,
  ...other,
  ...one,
  ...(one.suppression && other.suppression && { suppression: { ...other.suppression, ...one.suppression } }),
  ...(one.mailing && other.mailing && { mailing: { ...one.mailing, expiresAt: NOW } }),
});

const pairs = REASONS.flatMap(
  ([first, one, refusal], index) =>
    REASONS.slice(index + 1).map(([second, other]) => [first, second, one, other, refusal] as const),
  // A campaign has one state: it can be canceled and past its end, but not canceled and quarantined.
).filter(([first, second]) => !(first === 'a cancellation' && second === 'a refusal'));

describe('the gate', () => {
  it('lets an email through that nothing is in the way of', () => {
    expect(checkBeforeSending(free)).toBeUndefined();
  });

  it.each(['planned', 'pending_approval', 'approved', 'started'] as const)('lets through what is %s', (state) => {
    expect(checkBeforeSending({ ...free, mailing: { state, expiresAt: LATER } })).toBeUndefined();
  });

  it.each(REASONS)('gives %s its status', (_, over, refusal) => {
    expect(checkBeforeSending({ ...free, ...over })).toEqual(refusal);
  });

  it.each(pairs)('takes %s before %s', (_, __, one, other, refusal) => {
    expect(checkBeforeSending(together(one, other))).toEqual(refusal);
  });

  it('takes a mailing for expired from the very instant it names, noted or not', () => {
    const at = (expiresAt: string) => checkBeforeSending({ ...free, mailing: { state: 'started', expiresAt } })?.status;

    expect([at(EARLIER), at(NOW), at(LATER)]).toEqual(['expired', 'expired', undefined]);
  });

  it.each([
    ['complaint', 'The recipient reported an earlier email as spam'],
    ['bounce', 'An earlier email to the address bounced'],
    ['repeatedSoftBounce', 'Several earlier emails to the address bounced'],
    ['manual', 'The address was suppressed by staff'],
  ] as const)('says in a sentence that %s suppresses', (name, reason) => {
    const suppression = { address, [name]: cause, unsubscribe: { ...cause, source: 'unsubscribe' as const } };

    expect(checkBeforeSending({ ...free, suppression })).toEqual({ status: 'suppressed', reason });
  });

  it('closes a category to who left it, and no other mail', () => {
    const suppression = {
      address,
      categories: [{ category: 'news', left: { ...cause, source: 'unsubscribe' as const } }],
    };
    const of = (category?: string) =>
      checkBeforeSending({
        ...free,
        suppression,
        mailing: { state: 'started', ...(category !== undefined && { category }) },
      });

    expect(of('news')).toEqual({ status: 'canceled_unsubscribed', reason: 'Unsubscribed from the category news' });
    expect([of('statement'), of()]).toEqual([undefined, undefined]);
  });

  it('lets a transactional message through to who left everything, or its category, and no one who is suppressed', () => {
    const left = { ...cause, source: 'unsubscribe' as const };
    const suppression = { address, unsubscribe: left, categories: [{ category: 'news', left }] };
    const of = (transactional: boolean, more: object = {}) =>
      checkBeforeSending({
        ...{ ...free, suppression: { ...suppression, ...more } },
        mailing: { state: 'started', category: 'news', transactional },
      })?.status;

    expect([of(true), of(false)]).toEqual([undefined, 'canceled_unsubscribed']);
    expect([of(true, { complaint: cause }), of(true, { manual: cause })]).toEqual(['suppressed', 'suppressed']);
  });

  it('closes a category to who left it under another spelling of its name', () => {
    const left = { ...cause, source: 'unsubscribe' as const };
    const suppression = { address, categories: [{ category: 'newsletter', left }] };
    const mailing = { state: 'started', category: 'NewsLetter' } as const;

    expect(checkBeforeSending({ ...free, suppression, mailing })?.status).toBe('canceled_unsubscribed');
  });

  it('goes by what is in force now: a cause that ended or ran out stops nothing', () => {
    const ended = { address, manual: cause, manualEndedAt: EARLIER };
    const ranOut = { address, repeatedSoftBounce: { ...cause, endsAt: NOW } };

    expect([ended, ranOut].map((suppression) => checkBeforeSending({ ...free, suppression }))).toEqual([
      undefined,
      undefined,
    ]);
  });
});
