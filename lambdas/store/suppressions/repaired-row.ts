import type { SuppressionChange } from '../../domain/ses-events/suppression-change.ts';
import { categoryAttributes } from '../../domain/suppression/category-opt-outs.ts';
import { attributesKeeping, latestTime, repairsOf } from '../../domain/suppression/future-times.ts';
import { apartFromGlobalList, GLOBAL_LIST_NOTE } from '../../domain/suppression/global-suppression-list.ts';
import { ATTRIBUTES, REPORTED_BY_SES, type SuppressionItem } from '../../domain/suppression/suppression.ts';
import { both, type Condition, type StoredItem, setOf } from '../dynamodb/update-item.ts';

/** The attributes of a row for the beginning and the end of the cause that a change is about. */
export const attributesOf = (change: SuppressionChange): Readonly<{ begun: string; ended: string }> => {
  const { cause, category } = change;
  const [begun, ended] = category === undefined ? ATTRIBUTES[cause] : categoryAttributes(category);
  const isOnSesList = 'begins' in change && change.begins.onSesList === true;
  return {
    begun: isOnSesList && (cause === 'complaint' || cause === 'bounce') ? REPORTED_BY_SES[cause] : begun,
    ended,
  };
};

/** A row whose attributes can be compared with a change. */
export type RepairedRow = Readonly<{
  row: StoredItem;
  /** The repaired attributes, to be written with the change. */
  set: Readonly<Record<string, unknown>>;
  /** The condition that the row is unchanged since it was read; absent if nothing had to be repaired. */
  asRead?: Condition;
}>;

/** Repairs a row: without times in the future, and with bounces separate from reports of SES's global list. */
export const repairedRow = (change: SuppressionChange, known: StoredItem, now: string): RepairedRow => {
  const repaired = repairsOf(known, keeping(change), now);
  const row: StoredItem = { ...known, ...Object.fromEntries(repaired) };
  const apart = isOfBounces(change)
    ? apartFromGlobalList({ ...row, history: [...setOf(known.history)] } as unknown as SuppressionItem)
    : undefined;
  if (repaired.length === 0 && apart === undefined) return { row, set: {} };
  const alias = aliasesIn(change);
  return {
    row: apart === undefined ? row : { ...row, bounce: apart.bounce },
    set: Object.fromEntries(
      [...repaired, ...Object.entries(apart?.moved ?? {})].map(([attribute, value]) => [alias(attribute), value]),
    ),
    asRead: asRead(change, known),
  };
};

/** The condition that the row needs no repair before it is compared with the change. */
export const isRepaired = (change: SuppressionChange, now: string): Condition => {
  const { begun, ended } = keeping(change);
  const alias = aliasesIn(change);
  const past: Condition = {
    expression: [...begun.map((one) => `#${alias(one)}.#at`), `#${alias(ended)}`]
      .map((path) => `(attribute_not_exists(${path}) OR ${path} <= :latestTime)`)
      .join(' AND '),
    values: { latestTime: latestTime(now) },
  };
  const apart: Condition = {
    expression: 'NOT (begins_with(#begun.#note, :globalList) AND contains(#begun.#note, :globalSubtype))',
    values: { globalList: GLOBAL_LIST_NOTE.begins, globalSubtype: GLOBAL_LIST_NOTE.contains },
  };
  return both(past, isOfBounces(change) ? apart : undefined) ?? past;
};

const isOfBounces = (change: SuppressionChange): boolean =>
  'begins' in change && attributesOf(change).begun === ATTRIBUTES.bounce[0];

/** The attributes that one end applies to, and the attribute of that end. */
const keeping = (change: SuppressionChange): ReturnType<typeof attributesKeeping> => {
  const { begun, ended } = attributesOf(change);
  return change.category === undefined ? attributesKeeping(change.cause) : { begun: [begun], ended };
};

/** Aliases for the expressions: a placeholder cannot contain a colon, as names of category attributes do. */
const aliasesIn = (change: SuppressionChange) => {
  const { begun, ended } = attributesOf(change);
  return (attribute: string): string => (attribute === begun ? 'begun' : attribute === ended ? 'ended' : attribute);
};

const asRead = (change: SuppressionChange, known: StoredItem): Condition => {
  const { begun, ended } = keeping(change);
  const alias = aliasesIn(change);
  const was = [
    ...[...begun, ...(isOfBounces(change) ? [ATTRIBUTES.ses_global_list[0]] : [])].map((attribute) => ({
      path: `#${alias(attribute)}.#at`,
      name: `was_${alias(attribute)}`,
      value: (known[attribute] as Readonly<{ at?: string }> | undefined)?.at,
    })),
    { path: `#${alias(ended)}`, name: `was_${alias(ended)}`, value: known[ended] },
  ];
  return {
    expression: was
      .map(({ path, name, value }) => (value === undefined ? `attribute_not_exists(${path})` : `${path} = :${name}`))
      .join(' AND '),
    values: Object.fromEntries(was.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  };
};
