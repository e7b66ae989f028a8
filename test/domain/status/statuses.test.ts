import { describe, expect, it } from 'vitest';
import {
  isAttempted,
  isInTransit,
  isRankOfSes,
  isReached,
  isStatus,
  isStatusWith,
  ranksOf,
  STATUS_NAMES,
  STATUSES,
  statusesWith,
  writtenRank,
} from '../../../lambdas/domain/status/statuses.ts';
import { emailStatusChanged } from '../../../lambdas/domain/status-events/email-status-changed.ts';
import { suppressionChanged } from '../../../lambdas/domain/status-events/suppression-changed.ts';

describe('a text that names a status', () => {
  it('is one of their names, exactly', () => {
    expect(STATUS_NAMES.every(isStatus)).toBe(true);
    expect(['Sent', 'sent ', '', 'constructor', 'toString', undefined, null, 0, ['sent']].some(isStatus)).toBe(false);
  });
});

describe('the table of statuses', () => {
  // Rows keep the rank that they were written with: a changed rank would put stored statuses in another order.
  it('has the ranks that are stored', () => {
    expect(Object.fromEntries(STATUS_NAMES.map((status) => [status, ranksOf(status).join(' ')]))).toEqual({
      ...{ planned: '10', pending_approval: '20', approved: '30' },
      ...{ queued: '40', throttled: '50', depleted: '55', sending: '60' },
      ...{ skipped: '70', canceled_duplicate: '71', canceled_unsubscribed: '72' },
      ...{ canceled: '73', quarantined: '74', expired: '75' },
      ...{ invalid_address: '76 506', suppressed: '77 507', rejected: '508' },
      ...{ failed_rendering: '78 509', failed_sending: '79' },
      ...{ sent: '100', deferred: '110', delivered: '200' },
      ...{ bounced_soft: '120 210', bounced_undetermined: '120 211', bounced_hard: '520' },
      ...{ opened: '300', read: '310', clicked: '320', unsubscribed: '400', complained: '600' },
    });
  });

  it('gives the sender the ranks below 100 and SES those from 100 on', () => {
    for (const { ranks } of Object.values(STATUSES)) {
      for (const [by, rank] of Object.entries(ranks)) expect([by, isRankOfSes(rank)]).toEqual([by, by !== 'sender']);
    }
    expect([99, 100].map(isRankOfSes)).toEqual([false, true]);
  });

  it('has Mailtrail write a status with its lowest rank', () => {
    expect((['queued', 'suppressed', 'sent', 'bounced_soft'] as const).map(writtenRank)).toEqual([40, 77, 100, 120]);
  });

  it('holds what emails wait for, what stops them, and what may have a reason', () => {
    expect(statusesWith({ waitsFor: 'the queue' })).toEqual(['queued', 'throttled']);
    expect(statusesWith({ waitsFor: 'quota' })).toEqual(['depleted']);
    expect(statusesWith({ waitsFor: 'SES' })).toEqual(['sending']);
    expect(statusesWith({ waitsFor: 'its mailing' })).toEqual(['planned', 'pending_approval', 'approved']);
    expect(statusesWith({ stoppedBy: 'send policy' })).toEqual([
      ...['skipped', 'canceled_duplicate', 'canceled_unsubscribed', 'canceled', 'quarantined', 'expired'],
      ...['invalid_address', 'suppressed'],
    ]);
    expect(statusesWith({ stoppedBy: 'template' })).toEqual(['failed_rendering']);
    expect(statusesWith({ stoppedBy: 'SES' })).toEqual(['rejected', 'failed_sending']);
    expect(statusesWith({ endsMailing: true })).toEqual(['canceled', 'quarantined', 'expired']);
    expect(statusesWith({ hasReason: true })).toEqual([
      ...['deferred', 'bounced_soft', 'bounced_undetermined', 'bounced_hard'],
    ]);
  });

  it('picks by every cell that is asked for', () => {
    expect(statusesWith({ stoppedBy: 'send policy', endsMailing: true })).toEqual([
      'canceled',
      'quarantined',
      'expired',
    ]);
    expect(isStatusWith('skipped', { stoppedBy: 'send policy', endsMailing: true })).toBe(false);
    expect(isStatusWith('rejected', { stoppedBy: 'send policy' })).toBe(false);
  });

  it('holds which emails SES tried to deliver, which are under way and which reached their recipient', () => {
    const reached = ['delivered', 'opened', 'read', 'clicked', 'unsubscribed', 'complained'];
    const bounced = ['bounced_soft', 'bounced_undetermined', 'bounced_hard'];

    expect(STATUS_NAMES.filter(isReached)).toEqual(reached);
    expect(STATUS_NAMES.filter(isInTransit)).toEqual(['sent', 'deferred']);
    expect(STATUS_NAMES.filter(isAttempted)).toHaveLength(reached.length + bounced.length + 2);
    expect(
      ['sent', 'deferred', ...reached, ...bounced].every((status) => isStatus(status) && isAttempted(status)),
    ).toBe(true);
  });
});

// A receiver keeps ids to know a change again: a later version must give the same ones.
describe('the id of a change that is published', () => {
  const at = '2026-11-24T10:00:00.000Z';

  it('stays what it is, of an email', () => {
    const after = { messageId: 'm1', recipient: 'ann@example.com', status: 'sent', statusAt: at } as const;

    expect(emailStatusChanged(undefined, after)?.id).toBe('c5lpAJiz5FIZ1K1w42pcjQ');
  });

  it('stays what it is, of an address', () => {
    const after = { address: 'ann@example.com', manual: { at, source: 'api' } } as const;

    expect(suppressionChanged(undefined, after, at)?.id).toBe('vNbQHpelc4uTl63_wl8Dvw');
  });
});

describe('the reason of a change that is published', () => {
  const after = { messageId: 'm1', recipient: 'ann@example.com', reason: 'no balance due' } as const;

  it('is the sender’s, of a status below rank 100, and no other', () => {
    const reasonAt = (rank?: number) =>
      emailStatusChanged(undefined, { ...after, status: 'skipped', ...(rank !== undefined && { rank }) })?.reason;

    expect([70, 99, 100, 507, undefined].map(reasonAt)).toEqual([
      ...['no balance due', 'no balance due', null, null, null],
    ]);
  });

  it('needs a change: none is published of a row without a status', () => {
    const { status: _, ...none } = { ...after, status: 'skipped' };

    expect(emailStatusChanged({ ...after, status: 'skipped' }, none)).toBeUndefined();
    expect(emailStatusChanged(undefined, none)).toBeUndefined();
  });
});
