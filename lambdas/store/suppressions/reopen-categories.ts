import {
  attributesSpelled,
  type ClosedCategory,
  closedCategories,
} from '../../domain/suppression/category-opt-outs.ts';
import type { CategoryOptOut, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { historyLine } from '../../domain/suppression/suppression-history.ts';
import type { ItemUpdate } from '../dynamodb/update-item.ts';

/** Ends category opt-outs of an address: a part of the row's next write, and its history lines. */
export type Opening = Required<Pick<ItemUpdate, 'set' | 'names' | 'condition'>> &
  Readonly<{
    history: readonly string[];
    /** The categories whose opt-out it ends. */
    opened: readonly string[];
    /** The row's categories after the write. */
    categories: readonly CategoryOptOut[];
    /** Opt-outs of other categories remain, for another write. */
    isPart: boolean;
  }>;

/** Each takes about 50 bytes of the write's expressions, and two operators: far below 4 KB and 300 (expression-limits.ts). */
const MOST_IN_A_WRITE = 50;

/**
 * Ends the opt-outs of all categories, or of the given one (folded), as many as fit into one write; `undefined` if there is
 * none. The condition is that the row still has the opt-outs that were read.
 */
export const openCategories = (item: SuppressionItem, now: string, only?: string): Opening | undefined => {
  const all = closedCategories(item.categories).filter(({ category }) => only === undefined || category === only);
  const closed = inOneWrite(all).map(({ category, left, optOuts }, index) => ({
    ...{ category, optOuts, ended: `ended${index}` },
    // The opt-out may have been written by a function whose clock is ahead. It must end all the same.
    at: left.at < now ? now : left.at,
  }));
  if (closed.length === 0) return undefined;
  const optOuts = closed.flatMap((one) => one.optOuts);
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
      ...optOuts.map(({ begun, attribute }) => [begun, attribute]),
    ]),
    condition: {
      expression: optOuts
        .map(({ begun, was, at }) => (at === undefined ? `attribute_not_exists(#${begun})` : `#${begun}.#at = :${was}`))
        .join(' AND '),
      values: Object.fromEntries(optOuts.flatMap(({ was, at }) => (at === undefined ? [] : [[was, at]]))),
    },
    history: closed.map(({ category, at }) => historyLine({ at, what: 'unsubscribe_lifted', source: 'api', category })),
  };
};

/** The first opt-outs that fit into one write, with all spellings of their categories. */
const inOneWrite = (all: readonly ClosedCategory[]) => {
  let spellings = 0;
  return all
    .map((one, index) => ({ ...one, optOuts: spelledOptOuts(one, index) }))
    .filter(({ optOuts }, index) => {
      spellings += optOuts.length;
      return index === 0 || spellings <= MOST_IN_A_WRITE;
    });
};

/**
 * The time of the opt-out for each spelling of a category on the row, and for the folded one, which the next opt-out
 * uses.
 */
const spelledOptOuts = ({ category, left, leftAs = { [category]: left.at } }: ClosedCategory, index: number) =>
  [...new Set([category, ...Object.keys(leftAs)])].map((spelling, place) => ({
    ...{ begun: `left${index}_${place}`, was: `was${index}_${place}` },
    attribute: attributesSpelled(spelling)[0],
    at: Object.hasOwn(leftAs, spelling) ? leftAs[spelling] : undefined,
  }));
