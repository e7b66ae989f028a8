import { compareTexts } from '../values/compare-text.ts';
import type { CategoryOptOut, CauseRecord } from './suppression.ts';
/** A category that is closed at a time. */
export type ClosedCategory = CategoryOptOut & Readonly<{ left: CauseRecord }>;

/**
 * A category's name as it is compared and stored: `Newsletter` and `NEWSLETTER` are one category, and `Straße` and
 * `STRASSE`. Unicode's full case folding, which JavaScript has no function for: lower case of the upper case, with one
 * form of sigma (Unicode Standard section 3.13, D145), composed (NFC).
 */
export const foldCategory = (name: string): string =>
  name
    .normalize('NFD')
    // Lower case first: the capital of ß has no other upper case than itself.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC');

/** The attributes of an address's row that keep a category, as `unsubscribe` and `unsubscribeEndedAt` keep all mail. */
export const categoryAttributes = (category: string) => attributesSpelled(foldCategory(category));

/** The same of one spelling. Rows of before names were folded have others than the folded one. */
export const attributesSpelled = (spelling: string) => [`${LEFT}${spelling}`, `${ENDED}${spelling}`] as const;

const LEFT = 'unsubscribe:';
const ENDED = 'unsubscribeEndedAt:';

/** What an attribute of a row keeps: a category as it is spelled there, and when it was left or come back to. */
export type CategoryAttribute = Readonly<{ spelling: string; part: 'left' | 'endedAt' }>;

/** What an attribute of a row keeps of which category; `undefined` where it keeps none. */
export const categoryIn = (attribute: string): CategoryAttribute | undefined => {
  if (attribute.startsWith(LEFT)) return { spelling: attribute.slice(LEFT.length), part: 'left' };
  if (attribute.startsWith(ENDED)) return { spelling: attribute.slice(ENDED.length), part: 'endedAt' };
  return undefined;
};

/** What one spelling of a category keeps. */
export type SpelledCategory = Readonly<{ spelling: string; left?: CauseRecord; endedAt?: string }>;

/** What all spellings of a category keep, as one: the latest leaving, and the latest coming back. */
export const mergedCategory = (category: string, spelled: readonly SpelledCategory[]): CategoryOptOut => {
  const left = spelled
    .flatMap((one) => one.left ?? [])
    .toSorted(byTime)
    .at(-1);
  const endedAt = spelled
    .flatMap((one) => one.endedAt ?? [])
    .toSorted(compareTexts)
    .at(-1);
  return {
    category,
    ...(left && { left }),
    ...(endedAt !== undefined && { endedAt }),
    ...(spelled.some(({ spelling }) => spelling !== category) && {
      leftAs: Object.fromEntries(spelled.flatMap((one) => (one.left ? [[one.spelling, one.left.at]] : []))),
    }),
  };
};

/** The order in which causes of one kind replace each other in the store: by time, then by what they are of. */
const byTime = (one: CauseRecord, other: CauseRecord): number =>
  compareTexts(one.at, other.at) ||
  compareTexts(one.messageId ?? '', other.messageId ?? '') ||
  compareTexts(one.note ?? '', other.note ?? '');

/** The categories with an opt-out in force. */
export const closedCategories = (categories: readonly CategoryOptOut[] = []): readonly ClosedCategory[] =>
  categories.filter(
    (one): one is ClosedCategory => one.left !== undefined && (one.endedAt === undefined || one.left.at > one.endedAt),
  );
