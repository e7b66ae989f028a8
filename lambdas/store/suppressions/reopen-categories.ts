import {
  attributesSpelled,
  type ClosedCategory,
  closedCategories,
} from '../../domain/suppression/category-opt-outs.ts';
import type { CategoryOptOut, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { historyLine } from '../../domain/suppression/suppression-history.ts';
import type { ItemUpdate } from '../dynamodb/update-item.ts';

/** What opens categories of an address again: a part of its row's next write, and the lines of history for it. */
export type Opening = Required<Pick<ItemUpdate, 'set' | 'names' | 'condition'>> &
  Readonly<{
    history: readonly string[];
    /** The categories it opens. */
    opened: readonly string[];
    /** The row's categories after the write. */
    categories: readonly CategoryOptOut[];
    /** Others are closed still, and are for another write. */
    isPart: boolean;
  }>;

/** Each takes some 50 bytes of the write's two expressions, and two operators: far from 4 KB and 300 (expression-limits.ts). */
const MOST_IN_A_WRITE = 50;

/**
 * Opens every category that is closed, or the one that is named (folded), as many as one write can; `undefined` where none
 * is. The row must still close them as it was read.
 */
export const openCategories = (item: SuppressionItem, now: string, only?: string): Opening | undefined => {
  const all = closedCategories(item.categories).filter(({ category }) => only === undefined || category === only);
  const closed = inOneWrite(all).map(({ category, left, words }, index) => ({
    ...{ category, words, ended: `ended${index}` },
    // A clock ahead of ours may have closed it; it must be open all the same.
    at: left.at < now ? now : left.at,
  }));
  if (closed.length === 0) return undefined;
  const words = closed.flatMap((one) => one.words);
  const endOf = new Map(closed.map(({ category, at }) => [category, at]));
  return {
    opened: [...endOf.keys()],
    categories: (item.categories ?? []).map((one) => {
      const endedAt = endOf.get(one.category);
      return endedAt === undefined ? one : { ...one, endedAt };
    }),
    isPart: all.length > closed.length,
    set: Object.fromEntries(closed.map(({ ended, at }) => [ended, at])),
    names: Object.fromEntries([
      ...closed.map(({ category, ended }) => [ended, attributesSpelled(category)[1]]),
      ...words.map(({ begun, attribute }) => [begun, attribute]),
    ]),
    condition: {
      expression: words
        .map(({ begun, was, at }) => (at === undefined ? `attribute_not_exists(#${begun})` : `#${begun}.#at = :${was}`))
        .join(' AND '),
      values: Object.fromEntries(words.flatMap(({ was, at }) => (at === undefined ? [] : [[was, at]]))),
    },
    history: closed.map(({ category, at }) => historyLine({ at, what: 'unsubscribe_lifted', source: 'api', category })),
  };
};

/** The first of them, with their spellings, that fit into one write. */
const inOneWrite = (all: readonly ClosedCategory[]) => {
  let spellings = 0;
  return all
    .map((one, index) => ({ ...one, words: wordsOf(one, index) }))
    .filter(({ words }, index) => {
      spellings += words.length;
      return index === 0 || spellings <= MOST_IN_A_WRITE;
    });
};

/** When a category was left by each spelling that the row has, and by the folded one, which is where it is left next. */
const wordsOf = ({ category, left, leftAs = { [category]: left.at } }: ClosedCategory, index: number) =>
  [...new Set([category, ...Object.keys(leftAs)])].map((spelling, place) => ({
    ...{ begun: `left${index}_${place}`, was: `was${index}_${place}` },
    attribute: attributesSpelled(spelling)[0],
    at: Object.hasOwn(leftAs, spelling) ? leftAs[spelling] : undefined,
  }));
