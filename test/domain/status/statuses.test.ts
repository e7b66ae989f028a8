import { describe, expect, it } from 'vitest';
import { isStatus, STATUS_NAMES } from '../../../lambdas/domain/status/statuses.ts';
import { emailStatusChanged } from '../../../lambdas/domain/status-events/email-status-changed.ts';
import { suppressionChanged } from '../../../lambdas/domain/status-events/suppression-changed.ts';

describe('a text that names a status', () => {
  it('is one of their names, exactly', () => {
    expect(STATUS_NAMES.every(isStatus)).toBe(true);
    expect(['Sent', 'sent ', '', 'constructor', 'toString', undefined, null, 0, ['sent']].some(isStatus)).toBe(false);
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
