import { attributesSpelled, type ClosedCategory, closedCategories } from '../domain/left-categories.ts';
import { historyLine, type SuppressionItem } from '../domain/suppression.ts';
import type { ItemUpdate } from './conditional-update.ts';

/** What opens categories of an address again: a part of its row's next write, and the lines of history for it. */
export type Opening = Required<Pick<ItemUpdate, 'set' | 'names' | 'condition'>> &
  Readonly<{ history: readonly string[] }>;

/**
 * Opens every category that is closed, or the one that is named (folded); `undefined` where none is. The row must still
 * close them as it was read.
 */
export const openCategories = (item: SuppressionItem, now: string, only?: string): Opening | undefined => {
  const closed = closedCategories(item.categories)
    .filter(({ category }) => only === undefined || category === only)
    .map((one, index) => ({
      ...{ category: one.category, ended: `ended${index}`, words: wordsOf(one, index) },
      // A clock ahead of ours may have closed it; it must be open all the same.
      at: one.left.at < now ? now : one.left.at,
    }));
  if (closed.length === 0) return undefined;
  const words = closed.flatMap((one) => one.words);
  return {
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

/** When a category was left by each spelling that the row has, and by the folded one, which is where it is left next. */
const wordsOf = ({ category, left, leftAs = { [category]: left.at } }: ClosedCategory, index: number) =>
  [...new Set([category, ...Object.keys(leftAs)])].map((spelling, place) => ({
    ...{ begun: `left${index}_${place}`, was: `was${index}_${place}` },
    attribute: attributesSpelled(spelling)[0],
    at: Object.hasOwn(leftAs, spelling) ? leftAs[spelling] : undefined,
  }));
