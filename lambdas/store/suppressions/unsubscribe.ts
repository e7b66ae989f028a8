import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SuppressionChange } from '../../domain/ses-events/suppression-change.ts';
import type { Mail } from '../../domain/status/link-facts.ts';
import { attributesSpelled, categoryIn, foldCategory } from '../../domain/suppression/category-opt-outs.ts';
import type { CauseRecord } from '../../domain/suppression/suppression.ts';
import { both, type Condition, type ItemUpdate, type StoredItem, writeUntilSettled } from '../dynamodb/update-item.ts';
import { changeUpdate } from './record-change.ts';
import { attributesOf, repairedRow } from './repaired-row.ts';

export type { Mail } from '../../domain/status/link-facts.ts';

/** A recipient's word on what mail they want, given at `at` (ISO 8601) by a link in an email. */
export type Wish = Readonly<{ address: string; mail: Mail; at: string; messageId: string }>;

/**
 * Leaving and coming back, by links of our own. Each category and everything stand apart, and of each the latest word
 * counts by its own time: in whatever order and however often they are recorded. Who left everything and comes back to one
 * category has still left everything. Leaving again what is left already changes nothing that anybody sees.
 */
export type Unsubscribing = Readonly<{
  unsubscribe: (wish: Wish) => Promise<void>;
  resubscribe: (wish: Wish) => Promise<void>;
}>;

/** @param now milliseconds since 1970 */
export const unsubscribing = (
  client: DynamoDBDocumentClient,
  table: string,
  now: () => number = Date.now,
): Unsubscribing => {
  const time = () => new Date(now()).toISOString();
  const about = ({ address, mail }: Wish) => ({
    ...{ address, spellings: [], cause: 'unsubscribe' as const },
    ...(mail !== 'everything' && { category: mail.category }),
  });
  return {
    unsubscribe: (wish) => {
      const { at, messageId } = wish;
      const begins: CauseRecord = { at, source: 'unsubscribe', messageId, note: 'unsubscribed' };
      const change = { ...about(wish), begins };
      return writeUntilSettled(client, table, { address: wish.address }, (known) => leaving(change, known, time()));
    },
    resubscribe: (wish) => {
      const { at, messageId } = wish;
      const change = { ...about(wish), ends: { at, messageId, note: 'resubscribed' } };
      return writeUntilSettled(client, table, { address: wish.address }, (known) => returning(change, known, time()));
    },
  };
};

/**
 * The write that leaves. Where it is left already only the time of the record moves, since of somebody who came back may be
 * heard late; the history, which says since when it is left, does not grow.
 */
const leaving = (change: Leaving, known: StoredItem | undefined, now: string): ItemUpdate | undefined => {
  const names = attributesOf(change);
  const left = known && leftSince(repairedRow(change, known, now).row, change);
  if (left === undefined) {
    const update = changeUpdate(change, known, now);
    const condition = known === undefined ? both(NOT_LEFT, notLeftAsSpelled(change)) : NOT_LEFT;
    return (
      update && { ...update, names: { ...names, ...asSpelled(change) }, condition: both(update.condition, condition) }
    );
  }
  if (left >= change.begins.at) return undefined;
  return { set: { begun: change.begins }, names, condition: asItWas(known ?? {}, names) };
};

/** The write that comes back. Where nothing is left only the time of the end moves, for the same reason. */
const returning = (change: Returning, known: StoredItem | undefined, now: string): ItemUpdate | undefined => {
  if (known === undefined) {
    const update = changeUpdate(change, known, now);
    return update && { ...update, condition: both(update.condition, IS_LEFT) };
  }
  const names = attributesOf(change);
  const { at } = change.ends;
  const { row } = repairedRow(change, known, now);
  const endedAt = row[names.ended];
  if (endedAt !== undefined && String(endedAt) >= at) return undefined;
  const left = leftSince(row, change);
  const update = left !== undefined && left <= at ? changeUpdate(change, known, now) : { set: { ended: at }, names };
  return update && { ...update, names, condition: asItWas(known, names) };
};

type Leaving = SuppressionChange & Readonly<{ begins: CauseRecord }>;
type Returning = Extract<SuppressionChange, { ends: unknown }>;

/**
 * Since when, by the latest word in whichever spelling of the category; `undefined` where it is not left, or was come back
 * to.
 */
const leftSince = (known: StoredItem, change: SuppressionChange): string | undefined => {
  const latest = (part: 'left' | 'endedAt') =>
    Object.keys(known)
      .filter((attribute) => isAbout(attribute, change, part))
      .map((attribute) => (part === 'left' ? (known[attribute] as CauseRecord).at : String(known[attribute])))
      .toSorted()
      .at(-1);
  const [at, endedAt] = [latest('left'), latest('endedAt')];
  return at !== undefined && (endedAt === undefined || at > endedAt) ? at : undefined;
};

const isAbout = (attribute: string, change: SuppressionChange, part: 'left' | 'endedAt'): boolean => {
  if (change.category === undefined) {
    const { begun, ended } = attributesOf(change);
    return attribute === (part === 'left' ? begun : ended);
  }
  const known = categoryIn(attribute);
  return known?.part === part && foldCategory(known.spelling) === foldCategory(change.category);
};

const IS_LEFT: Condition = {
  expression: 'attribute_exists(#begun) AND (attribute_not_exists(#ended) OR #begun.#at > #ended)',
};

const NOT_LEFT: Condition = { expression: 'attribute_not_exists(#begun) OR #begun.#at <= #ended' };

/** An old row may keep the category as the email spells it. With the row in hand, `leftSince` knows all its spellings. */
const notLeftAsSpelled = ({ category }: Leaving): Condition | undefined =>
  category === undefined || category === foldCategory(category)
    ? undefined
    : { expression: 'attribute_not_exists(#asSpelled)' };

const asSpelled = ({ category }: Leaving) =>
  category === undefined ? {} : { asSpelled: attributesSpelled(category)[0] };

const asItWas = (known: StoredItem, { begun, ended }: ReturnType<typeof attributesOf>): Condition => {
  const at = (known[begun] as CauseRecord | undefined)?.at;
  const endedAt = known[ended];
  return {
    expression: [
      at === undefined ? 'attribute_not_exists(#begun)' : '#begun.#at = :wasAt',
      endedAt === undefined ? 'attribute_not_exists(#ended)' : '#ended = :wasEnded',
    ].join(' AND '),
    values: { ...(at !== undefined && { wasAt: at }), ...(endedAt !== undefined && { wasEnded: endedAt }) },
  };
};
