import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributesSpelled,
  categoryAttributes,
  categoryIn,
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
    ['Straße', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['E\u0301', '\u00e9'],
  ])('is stored in lower case, with one sigma, composed: %s', (name, stored) => {
    expect(foldCategory(name)).toBe(stored);
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

describe('the attributes that keep a category', () => {
  it('are called after its folded name', () => {
    expect(categoryAttributes('NEWS')).toEqual(['unsubscribe:news', 'unsubscribeEndedAt:news']);
    expect(attributesSpelled('NEWS')).toEqual(['unsubscribe:NEWS', 'unsubscribeEndedAt:NEWS']);
  });

  it.each(['news', 'NEWS', 'a:b', 'unsubscribe:', ''])(
    'say which category they keep, as it is spelled: %j',
    (spelling) => {
      expect(attributesSpelled(spelling).map(categoryIn)).toEqual([
        { spelling, part: 'left' },
        { spelling, part: 'endedAt' },
      ]);
    },
  );

  it.each(['unsubscribe', 'unsubscribeEndedAt', 'manual', 'my unsubscribe:', 'my unsubscribeEndedAt:', ''])(
    'are not those of all mail, nor of another cause: %j',
    (attribute) => {
      expect(categoryIn(attribute)).toBeUndefined();
    },
  );
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

  it('says when it was last left by each spelling, where one is not the folded one', () => {
    const spelled = [
      { spelling: 'news', left: left(late) },
      { spelling: 'News', left: left(early), endedAt: middle },
      { spelling: 'NEWS', endedAt: early },
    ];

    expect(mergedCategory('news', spelled)).toEqual({
      ...{ category: 'news', left: left(late), endedAt: middle },
      leftAs: { news: late, News: early },
    });
  });

  it('says no spellings where there is the folded one alone', () => {
    expect(mergedCategory('news', [{ spelling: 'news', left: left(late) }])).toStrictEqual({
      ...{ category: 'news', left: left(late) },
    });
    expect(mergedCategory('news', [{ spelling: 'news', endedAt: late }])).toStrictEqual({
      ...{ category: 'news', endedAt: late },
    });
  });

  it.each<readonly [string, CauseRecord, CauseRecord]>([
    ['the later time', { ...left(early), messageId: '02', note: 'b' }, { ...left(late), messageId: '01', note: 'a' }],
    [
      'of one time the later message',
      { ...left(late), messageId: '01', note: 'b' },
      { ...left(late), messageId: '02' },
    ],
    ['of one time that of a message', left(late), { ...left(late), messageId: '01' }],
    ['of one message the later note', { ...left(late), note: 'Clicked' }, { ...left(late), note: 'OneClick' }],
    ['of one message the one with a note', left(late), { ...left(late), note: 'Clicked' }],
  ])('was last left as the cause of %s says', (_, one, other) => {
    const spelled = [
      { spelling: 'News', left: one },
      { spelling: 'news', left: other },
    ];

    expect(mergedCategory('news', spelled).left).toEqual(other);
    expect(mergedCategory('news', spelled.toReversed()).left).toEqual(other);
  });

  it('is closed where it was left after anybody came back to it, if anybody did', () => {
    const [open, back, gone, never] = [
      ...[{}, { left: left(early), endedAt: early }, { left: left(middle), endedAt: early }, { left: left(early) }],
    ].map((one) => ({ category: 'news', ...one }));

    expect(closedCategories([open, back, gone, never].flatMap((one) => one ?? []))).toEqual([gone, never]);
    expect(closedCategories()).toEqual([]);
  });
});
