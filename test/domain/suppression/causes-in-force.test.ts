import { describe, expect, it } from 'vitest';
import { causesInForce, closedTo } from '../../../lambdas/domain/suppression/causes-in-force.ts';
import type { CauseRecord } from '../../../lambdas/domain/suppression/suppression.ts';
import { historyLine, readHistoryLine } from '../../../lambdas/domain/suppression/suppression-history.ts';

const NOW = '2026-12-01T00:00:00.000Z';
const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T10:00:00.000Z`;
const record = (at: string, more: Partial<CauseRecord> = {}): CauseRecord => ({
  at,
  source: 'ses_event',
  messageId: 'm',
  note: 'bounced_hard',
  ...more,
});
const told = (at: string, note: string) =>
  historyLine({ at, what: 'bounce', source: 'ses_event', messageId: `m-${note}`, note });

describe('the causes in force', () => {
  it('are named strongest first', () => {
    const item = {
      address: 'ann@example.com',
      bounce: record(day(3)),
      complaint: record(day(9)),
      unsubscribe: record(day(1)),
    };

    expect(causesInForce(item, NOW).map(({ cause }) => cause)).toEqual(['complaint', 'bounce', 'unsubscribe']);
  });

  it('say all that is known of each, and null for what is not', () => {
    const item = {
      address: 'ann@example.com',
      complaint: record(day(3), { ambiguous: true }),
      repeatedSoftBounce: record(day(4), { endsAt: '2027-01-01T00:00:00.000Z' }),
      categories: [{ category: 'news', left: { at: day(5), source: 'unsubscribe' as const } }],
    };
    const bySes = { source: 'ses_event', messageId: 'm', note: 'bounced_hard', categories: null, stops: 'all' };

    expect(causesInForce(item, NOW)).toEqual([
      { ...bySes, cause: 'complaint', at: day(3), endsAt: null, ambiguous: true },
      { ...bySes, cause: 'repeated_soft_bounce', at: day(4), endsAt: '2027-01-01T00:00:00.000Z', ambiguous: false },
      {
        ...{ cause: 'unsubscribe', stops: 'bulk', categories: ['news'], source: 'unsubscribe', at: day(5) },
        ...{ endsAt: null, messageId: null, ambiguous: false, note: null },
      },
    ]);
  });

  it('close an address to all mail, or to the categories that were left alone', () => {
    const categories = ['news', 'races'].map((category) => ({ category, left: record(day(5)) }));
    const closed = (more: object) => closedTo(causesInForce({ address: 'ann@example.com', ...more }, NOW));

    expect(closed({})).toEqual([]);
    expect(closed({ categories })).toEqual(['news', 'races']);
    expect(closed({ categories, manual: record(day(5)) })).toBeNull();
  });

  it('leave out what was ended at or after it began, and what ran out', () => {
    const ended = { address: 'ann@example.com', bounce: record(day(3)), bounceEndedAt: day(3) };
    const over = { address: 'ann@example.com', repeatedSoftBounce: record(day(3), { endsAt: NOW }) };
    const again = { address: 'ann@example.com', bounce: record(day(4)), bounceEndedAt: day(3) };

    expect([ended, over, again].map((item) => causesInForce(item, NOW).length)).toEqual([0, 0, 1]);
  });

  it('hold since they were first told, however often SES refuses the address later', () => {
    const item = {
      address: 'ann@example.com',
      bounce: record(day(20), { note: 'suppressed OnAccountSuppressionList', onSesList: true }),
      history: [told(day(20), 'suppressed OnAccountSuppressionList'), told(day(5), 'bounced_hard General 5.1.1')],
    };

    expect(causesInForce(item, NOW)).toMatchObject([{ at: day(5), note: 'bounced_hard General 5.1.1' }]);
  });

  it('hold since they were first told after they were last lifted', () => {
    const item = {
      address: 'ann@example.com',
      bounce: record(day(20)),
      bounceEndedAt: day(7),
      history: [told(day(5), 'before'), told(day(20), 'last'), told(day(9), 'after')],
    };

    expect(causesInForce(item, NOW)).toMatchObject([{ at: day(9), note: 'after' }]);
  });
});

describe('a line of history', () => {
  it('is read back as it was written', () => {
    const entry = { at: day(1), what: 'manual_lifted', source: 'api', note: 'asked by "phone"\nagain' } as const;

    expect(readHistoryLine(historyLine(entry))).toEqual(entry);
    expect(readHistoryLine('something else')).toBeUndefined();
    expect(readHistoryLine(`once ${historyLine(entry)}`)).toBeUndefined();
    expect(readHistoryLine(`${historyLine(entry)} again`)).toBeUndefined();
    expect(readHistoryLine(`${day(1)} manual api {"note":}`)).toBeUndefined();
  });

  it('may hold any text a person wrote', () => {
    const entry = { at: day(1), what: 'manual', source: 'api', note: 'two\u2028lines' } as const;

    expect(readHistoryLine(historyLine(entry))).toEqual(entry);
  });
});
