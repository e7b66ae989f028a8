import { categoryAttributes, closedCategories, type LeftCategory } from '../domain/left-categories.ts';
import { historyLine, type SuppressionItem } from '../domain/suppression.ts';
import type { ItemUpdate } from './conditional-update.ts';

/** What opens categories of an address again: a part of its row's next write, and the lines of history for it. */
export type Opening = Required<Pick<ItemUpdate, 'set' | 'names' | 'condition'>> &
  Readonly<{
    history: readonly string[];
    /** The categories it opens. */
    opened: readonly string[];
    /** The row's categories after the write. */
    categories: readonly LeftCategory[];
    /** Others are closed still, and are for another write. */
    isPart: boolean;
  }>;

/** Each takes some 50 bytes of the write's two expressions, and two operators: far from 4 KB and 300 (expression-limits.ts). */
const MOST_IN_A_WRITE = 50;

/** Opens categories that are closed, 50 at most; `undefined` where none is. The row must still close them as it was read. */
export const openCategories = (item: SuppressionItem, now: string): Opening | undefined => {
  const all = closedCategories(item.categories);
  const closed = all.slice(0, MOST_IN_A_WRITE).map(({ category, left }, index) => ({
    ...{ category, left, was: `was${index}`, begun: `left${index}`, ended: `ended${index}` },
    // A clock ahead of ours may have closed it; it must be open all the same.
    at: left.at < now ? now : left.at,
  }));
  if (closed.length === 0) return undefined;
  const endOf = new Map(closed.map(({ category, at }) => [category, at]));
  return {
    opened: [...endOf.keys()],
    categories: (item.categories ?? []).map((one) => {
      const endedAt = endOf.get(one.category);
      return endedAt === undefined ? one : { ...one, endedAt };
    }),
    isPart: all.length > closed.length,
    set: Object.fromEntries(closed.map(({ ended, at }) => [ended, at])),
    names: Object.fromEntries(
      closed.flatMap(({ category, begun, ended }) => {
        const [left, endedAt] = categoryAttributes(category);
        return [
          [begun, left],
          [ended, endedAt],
        ];
      }),
    ),
    condition: {
      expression: closed.map(({ begun, was }) => `#${begun}.#at = :${was}`).join(' AND '),
      values: Object.fromEntries(closed.map(({ was, left }) => [was, left.at])),
    },
    history: closed.map(({ category, at }) => historyLine({ at, what: 'unsubscribe_lifted', source: 'api', category })),
  };
};
