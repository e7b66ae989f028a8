import { describe, expect, it } from 'vitest';
import { blockedBy, STOPS } from '../../../lambdas/domain/suppression/blocked-mail.ts';
import { type BlockedMail, CAUSES } from '../../../lambdas/domain/suppression/suppression.ts';

const stopping = (...mail: readonly BlockedMail[]) => mail.map((stops) => ({ stops }));

describe('the mail that a cause stops', () => {
  it('is all mail, transactional messages too, but for unsubscribing', () => {
    expect(CAUSES.filter((cause) => STOPS[cause] !== 'all')).toEqual(['unsubscribe']);
    expect(STOPS.unsubscribe).toBe('bulk');
  });
});

describe('the mail that causes stop together', () => {
  it.each([
    [['all'], 'all'],
    [['bulk'], 'bulk'],
    [['bulk', 'all'], 'all'],
    [['all', 'bulk'], 'all'],
    [['bulk', 'bulk'], 'bulk'],
  ] as const)('of %j is %s: the strictest decides', (each, together) => {
    expect(blockedBy(stopping(...each))).toBe(together);
  });
});
