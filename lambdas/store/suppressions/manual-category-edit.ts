import { attributesSpelled, closedCategories } from '../../domain/suppression/category-opt-outs.ts';
import { causesInForce } from '../../domain/suppression/causes-in-force.ts';
import type { CategoryOptOut, CauseRecord, SuppressionItem } from '../../domain/suppression/suppression.ts';
import { historyLine } from '../../domain/suppression/suppression-history.ts';
import { both, type Condition } from '../dynamodb/update-item.ts';
import { afterItsEnd, type ByHand, type Edit, edit, type Removal } from './manual-edit.ts';
import { openCategories } from './reopen-categories.ts';

/**
 * Unsubscribes an address from one category (folded) by hand; `undefined` if that changes nothing. A note replaces an
 * earlier one by hand, and the time stays. If the recipient has unsubscribed from the category, that record stays.
 */
export const categoryOptOut = (
  item: SuppressionItem,
  category: string,
  { spelling, note, now }: ByHand,
): Edit | undefined => {
  const known = item.categories?.find((one) => one.category === category);
  const left = closedCategories(known && [known])[0]?.left;
  const spellings = (item.spellings ?? []).includes(spelling) ? [] : [spelling];
  if (left !== undefined && (left.source !== 'api' || note === undefined || left.note === note)) {
    return spellings.length === 0 ? undefined : edit(item, {}, { spellings, history: [] });
  }
  const record: CauseRecord = {
    ...(left ?? { at: afterItsEnd(known?.endedAt, now), source: 'api' }),
    ...(note !== undefined && { note }),
  };
  const line = historyLine({
    ...{ at: left ? now : record.at, what: 'unsubscribe', source: 'api', category },
    ...(note !== undefined && { note }),
  });
  const { item: after, update } = edit(item, {}, { spellings, history: [line] });
  const [begun, ended] = attributesSpelled(category);
  return {
    item: { ...after, categories: [...others(item, category), { ...known, category, left: record }] },
    update: {
      ...update,
      set: { begun: record },
      names: { begun, ended },
      condition: both(update.condition, categoryAsItWas(known)),
    },
  };
};

const others = ({ categories = [] }: SuppressionItem, category: string) =>
  categories.filter((one) => one.category !== category);

/** The condition that the category is unchanged. Only earlier versions wrote other spellings of it. */
const categoryAsItWas = ({ category, left, endedAt, leftAs }: Partial<CategoryOptOut> = {}): Condition => {
  const at = leftAs === undefined ? left?.at : leftAs[category ?? ''];
  return {
    expression: [
      at === undefined ? 'attribute_not_exists(#begun)' : '#begun.#at = :wasLeft',
      ...(endedAt === undefined
        ? ['attribute_not_exists(#ended)']
        : ['(attribute_not_exists(#ended) OR #ended <= :wasEnded)']),
    ].join(' AND '),
    values: { ...(at !== undefined && { wasLeft: at }), ...(endedAt !== undefined && { wasEnded: endedAt }) },
  };
};

/** Ends the opt-out of one category (folded) and nothing else; `undefined` if there is none. */
export const categoryRemoval = (item: SuppressionItem, category: string, now: string): Removal | undefined => {
  const opened = openCategories(item, now, category);
  if (opened === undefined) return undefined;
  const causes = causesInForce(item, now);
  const removal = edit(item, {}, { spellings: [], history: opened.history });
  const { set, names, condition } = opened;
  return {
    ended: causes.filter(({ categories }) => categories?.includes(category)),
    remaining: causes.filter(({ categories }) => !categories?.includes(category)),
    item: removal.item,
    isPart: false,
    edit: {
      ...removal,
      update: { ...removal.update, set, names, condition: both(removal.update.condition, condition) },
    },
  };
};
