import { describe, expect, it } from 'vitest';
import {
  isDue,
  isEnded,
  isMailingState,
  isPastEnd,
  isTransactional,
  MAILING_STATES,
  mailingIdOf,
  type Over,
  waitingStatus,
} from '../../../lambdas/domain/mailing/mailing.ts';
import { STATUS_NAMES } from '../../../lambdas/domain/status/statuses.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const LATER = '2026-11-25T12:00:00.001Z';

describe('the shown status', () => {
  it.each([
    [{ state: 'planned' }, 'planned'],
    [{ state: 'pending_approval' }, 'pending_approval'],
    [{ state: 'approved' }, 'approved'],
    [{ state: 'started' }, 'queued'],
    [{ state: 'canceled' }, 'canceled'],
    [{ state: 'quarantined' }, 'quarantined'],
    [{ state: 'expired' }, 'expired'],
    [{ state: 'planned', expiresAt: LATER }, 'planned'],
    [{ state: 'planned', expiresAt: NOW }, 'expired'],
    [{ state: 'approved', expiresAt: NOW }, 'expired'],
    [{ state: 'started', expiresAt: NOW }, 'expired'],
    [{ state: 'canceled', expiresAt: NOW }, 'canceled'],
  ] as const)('of an email that waits in a mailing %j is %s', (mailing, shown) => {
    expect(waitingStatus('queued', mailing as Over, NOW)).toBe(shown);
  });

  it('is its own once an email has left the queue, however its mailing stands', () => {
    const others = STATUS_NAMES.filter((status) => status !== 'queued');

    expect(others.map((status) => waitingStatus(status, { state: 'canceled', expiresAt: NOW }, NOW))).toEqual(others);
  });

  it('is its own where nothing is known of a mailing', () => {
    expect(waitingStatus('queued', undefined, NOW)).toBe('queued');
  });
});

it('a single message is a mailing of its own, by a name that no campaign can have', () => {
  expect(mailingIdOf({ messageId: 'm1' })).toBe('~m1');
  expect(mailingIdOf({ messageId: 'm1', campaignId: 'october' })).toBe('october');
});

describe('a mailing', () => {
  it('is ended where it was canceled, quarantined or expired, and in no other state', () => {
    expect(MAILING_STATES.filter((state) => isEnded({ state }))).toEqual(['canceled', 'quarantined', 'expired']);
  });

  it('is past its end from the very time on, and never without one', () => {
    expect([{}, { expiresAt: NOW }, { expiresAt: LATER }].map((one) => isPastEnd(one, NOW))).toEqual([
      ...[false, true, false],
    ]);
  });

  it('is due from the very time on, and at once without one', () => {
    expect([{}, { sendAt: NOW }, { sendAt: LATER }].map((one) => isDue(one, NOW))).toEqual([true, true, false]);
  });

  it('has one of seven states', () => {
    expect(MAILING_STATES.every(isMailingState)).toBe(true);
    expect(['', 'queued', 'sent', undefined, null, 0].some(isMailingState)).toBe(false);
  });
});

describe('a mailing of which nobody said whether it is transactional', () => {
  it.each([
    ['is so as a single message', '~m1', undefined, false, true],
    ['is not in a category', '~m1', 'news', false, false],
    ['is not with a link to leave by', '~m1', undefined, true, false],
    ['is not as a campaign', 'october', undefined, false, false],
    ['is not as a campaign, whatever its id ends in', 'october~', undefined, false, false],
  ])('%s', (_, mailingId, category, unsubscribable, transactional) => {
    expect(isTransactional({ mailingId, category, unsubscribable })).toBe(transactional);
  });
});
