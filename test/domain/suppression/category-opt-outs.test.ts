import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closedCategories,
  foldCategory,
  mergedCategory,
} from '../../../lambdas/domain/suppression/category-opt-outs.ts';
import type { CauseRecord } from '../../../lambdas/domain/suppression/suppression.ts';

const left = (at: string): CauseRecord => ({ at, source: 'unsubscribe' });

describe('the name of a category', () => {
  it.each([
    ['Newsletter', 'NEWSLETTER', 'newsletter', 'newsLETTER'],
    ['Straße', 'STRASSE', 'STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδος', 'οδοσ'],
    ['É', 'é', 'E\u0301', 'e\u0301'],
    ['ﬁnance', 'FINANCE'],
    ['Åland', '\u212Bland', 'A\u030Aland'],
    ['K', '\u212A'],
  ])('is one, whatever its case and composition: %s', (...names) => {
    expect(new Set(names.map(foldCategory)).size).toBe(1);
  });

  it.each([
    ['news', 'newsletter'],
    ['news-letter', 'newsletter'],
    ['resume', 'résumé'],
    ['new5', 'news'],
    [' news', 'news'],
  ])('tells %j from %j', (one, other) => {
    expect(foldCategory(one)).not.toBe(foldCategory(other));
  });

  it('is the same folded again, and in upper and lower case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const folded = foldCategory(name);
        expect(foldCategory(folded)).toBe(folded);
        expect([foldCategory(name.toUpperCase()), foldCategory(name.toLowerCase())]).toEqual([folded, folded]);
      }),
      { numRuns: 1_000 },
    );
    for (let point = 0; point < 0x1_0000; point++) {
      const sign = String.fromCodePoint(point);
      if (!sign.isWellFormed()) continue;
      const folded = foldCategory(sign);
      if (foldCategory(folded) !== folded || foldCategory(sign.toUpperCase()) !== folded) {
        expect([point.toString(16), foldCategory(sign.toUpperCase())]).toEqual([point.toString(16), folded]);
      }
    }
  });
});

describe('a category that a row has in several spellings', () => {
  const early = '2026-11-01T00:00:00.000Z';
  const middle = '2026-11-02T00:00:00.000Z';
  const late = '2026-11-03T00:00:00.000Z';

  it('is left or not by the latest word, whichever spelling it was of', () => {
    const words = [early, middle, late];
    for (const at of words) {
      for (const endedAt of words) {
        const merged = mergedCategory('news', [
          { spelling: 'NEWS', left: left(early), endedAt },
          { spelling: 'news', left: left(at) },
        ]);
        const last = at > early ? at : early;
        expect([at, endedAt, closedCategories([merged]).length]).toEqual([at, endedAt, last > endedAt ? 1 : 0]);
      }
    }
  });

  it('is the same in whatever order its spellings come', () => {
    const spelled = [
      { spelling: 'NEWS', left: left(middle) },
      { spelling: 'News', left: left(middle), endedAt: late },
      { spelling: 'news', endedAt: early },
    ];

    expect(mergedCategory('news', spelled.toReversed())).toEqual(mergedCategory('news', spelled));
  });
});
