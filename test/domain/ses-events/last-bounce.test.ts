import { describe, expect, it } from 'vitest';
import {
  isLaterBounce,
  LONGEST_DIAGNOSTIC,
  lastBounceOf,
  wholeDiagnostic,
} from '../../../lambdas/domain/ses-events/last-bounce.ts';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';

const bounced = (at: string, diagnostic: string): Fact => ({
  kind: 'bounced_soft',
  at,
  details: { type: 'Transient', diagnostic },
});
const [EARLY, LATE] = ['2026-11-24T10:00:03.120Z', '2026-11-24T10:00:04.000Z'];

describe('the last bounce', () => {
  it('is the latest that gives a diagnostic, in whatever order they come', () => {
    const facts = [bounced(LATE, 'b'), bounced(EARLY, 'c'), bounced(LATE, 'a')];

    expect(lastBounceOf(facts)).toEqual({ at: LATE, diagnostic: 'b' });
    expect(lastBounceOf(facts.toReversed())).toEqual({ at: LATE, diagnostic: 'b' });
  });

  it('is none of what is no bounce, or gives no diagnostic', () => {
    expect(lastBounceOf([{ kind: 'deferred', at: LATE, details: { diagnostic: 'full' } }])).toBeUndefined();
    expect(lastBounceOf([{ kind: 'bounced_hard', at: LATE, details: { type: 'Permanent' } }])).toBeUndefined();
    expect(lastBounceOf([])).toBeUndefined();
  });

  it('keeps the beginning of what is longer than it may be, without cutting a character in two', () => {
    const kept = lastBounceOf([bounced(LATE, `x${'ü'.repeat(2_000)}`)])?.diagnostic ?? '';

    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(LONGEST_DIAGNOSTIC);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(LONGEST_DIAGNOSTIC - 4);
    expect(kept).toMatch(/^xü+…$/);
    expect(lastBounceOf([bounced(LATE, 'y'.repeat(LONGEST_DIAGNOSTIC))])?.diagnostic).toBe('y'.repeat(1_024));
  });

  it('holds whole characters alone, as a store of UTF-8 takes them', () => {
    expect(lastBounceOf([bounced(LATE, 'half \ud800')])?.diagnostic).toBe('half \ufffd');
  });

  it('is later by its time, and by its text where times are equal', () => {
    const one = { at: LATE, diagnostic: 'b' };

    expect(isLaterBounce(one, { at: EARLY, diagnostic: 'c' })).toBe(true);
    expect(isLaterBounce(one, { at: LATE, diagnostic: 'a' })).toBe(true);
    expect(isLaterBounce(one, one)).toBe(false);
  });
});

describe('the diagnostic of a bounce', () => {
  const long = `smtp; 550 5.7.1 ${'refused for a reason that takes many words to say '.repeat(10)}`.trim();
  const line = toLine(bounced(LATE, long));
  const cut = /diagnostic="(.*)"$/.exec(line)?.[1] ?? '';

  it('is shown whole where the line had room for its beginning alone', () => {
    expect(cut.length).toBeLessThan(long.length);
    expect(wholeDiagnostic(cut, LATE, { at: LATE, diagnostic: long })).toBe(long);
  });

  it('stays as its line has it where the whole one is another bounce’s', () => {
    expect(wholeDiagnostic(cut, EARLY, { at: LATE, diagnostic: long })).toBe(cut);
    expect(wholeDiagnostic(cut, LATE, { at: LATE, diagnostic: 'smtp; 452 another' })).toBe(cut);
    expect(wholeDiagnostic('smtp; 550', LATE, { at: LATE, diagnostic: 'smtp; 550 and more' })).toBe('smtp; 550');
    expect(wholeDiagnostic(null, LATE, { at: LATE, diagnostic: long })).toBeNull();
    expect(wholeDiagnostic(cut, LATE, undefined)).toBe(cut);
  });
});
