import { categoryAttributes, closedCategories } from '../domain/left-categories.ts';
import { historyLine, type SuppressionItem } from '../domain/suppression.ts';
import type { ItemUpdate } from './conditional-update.ts';

/** What opens the categories of an address again: a part of its row's next write, and the lines of history for it. */
export type Opening = Required<Pick<ItemUpdate, 'set' | 'names' | 'condition'>> &
  Readonly<{ history: readonly string[] }>;

/** Opens every category that is closed; `undefined` where none is. The row must still close them as it was read. */
export const openCategories = (item: SuppressionItem, now: string): Opening | undefined => {
  const closed = closedCategories(item.categories).map(({ category, left }, index) => ({
    ...{ category, left, was: `was${index}`, begun: `left${index}`, ended: `ended${index}` },
    // A clock ahead of ours may have closed it; it must be open all the same.
    at: left.at < now ? now : left.at,
  }));
  if (closed.length === 0) return undefined;
  return {
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
