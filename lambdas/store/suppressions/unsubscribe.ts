import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SuppressionChange } from '../../domain/ses-events/suppression-change.ts';
import type { Mail } from '../../domain/status/link-facts.ts';
import { attributesSpelled, categoryIn, foldCategory } from '../../domain/suppression/category-opt-outs.ts';
import type { CauseRecord } from '../../domain/suppression/suppression.ts';
import { both, type Condition, type ItemUpdate, type StoredItem, writeUntilSettled } from '../dynamodb/update-item.ts';
import { changeUpdate } from './record-change.ts';
import { attributesOf, repairedRow } from './repaired-row.ts';

export type { Mail } from '../../domain/status/link-facts.ts';

/** A recipient's choice which mail to get, made at `at` (ISO 8601) through a link in an email. */
export type Wish = Readonly<{ address: string; mail: Mail; at: string; messageId: string }>;

/**
 * Unsubscribing and resubscribing through Mailtrail's links. Each category and `everything` are independent. For each, the
 * latest choice counts by its time, in whatever order and however often they are recorded. A recipient who unsubscribed
 * from everything and resubscribes to one category is still unsubscribed from everything. Unsubscribing twice has no
 * visible effect.
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
      return writeUntilSettled(client, table, { address: wish.address }, (known) =>
        unsubscriptionUpdate(change, known, time()),
      );
    },
    resubscribe: (wish) => {
      const { at, messageId } = wish;
      const change = { ...about(wish), ends: { at, messageId, note: 'resubscribed' } };
      return writeUntilSettled(client, table, { address: wish.address }, (known) =>
        resubscriptionUpdate(change, known, time()),
      );
    },
  };
};

/**
 * The write that unsubscribes. If the recipient is unsubscribed already, only the time of the record changes, because an
 * earlier resubscription may be recorded late. No history line is added: the history shows since when it applies.
 */
const unsubscriptionUpdate = (
  change: Unsubscription,
  known: StoredItem | undefined,
  now: string,
): ItemUpdate | undefined => {
  const names = attributesOf(change);
  const left = known && unsubscribedSince(repairedRow(change, known, now).row, change);
  if (left === undefined) {
    const update = changeUpdate(change, known, now);
    const condition = known === undefined ? both(NOT_UNSUBSCRIBED, notUnsubscribedAsSpelled(change)) : NOT_UNSUBSCRIBED;
    return (
      update && { ...update, names: { ...names, ...asSpelled(change) }, condition: both(update.condition, condition) }
    );
  }
  if (left >= change.begins.at) return undefined;
  return { set: { begun: change.begins }, names, condition: asItWas(known ?? {}, names) };
};

/**
 * The write that resubscribes. If the recipient is not unsubscribed, only the time of the end changes, for the same
 * reason.
 */
const resubscriptionUpdate = (
  change: Resubscription,
  known: StoredItem | undefined,
  now: string,
): ItemUpdate | undefined => {
  if (known === undefined) {
    const update = changeUpdate(change, known, now);
    return update && { ...update, condition: both(update.condition, IS_UNSUBSCRIBED) };
  }
  const names = attributesOf(change);
  const { at } = change.ends;
  const { row } = repairedRow(change, known, now);
  const endedAt = row[names.ended];
  if (endedAt !== undefined && String(endedAt) >= at) return undefined;
  const left = unsubscribedSince(row, change);
  const update = left !== undefined && left <= at ? changeUpdate(change, known, now) : { set: { ended: at }, names };
  return update && { ...update, names, condition: asItWas(known, names) };
};

type Unsubscription = SuppressionChange & Readonly<{ begins: CauseRecord }>;
type Resubscription = Extract<SuppressionChange, { ends: unknown }>;

/**
 * Since when the recipient is unsubscribed, by the latest choice in any spelling of the category; `undefined` if the
 * recipient is not.
 */
const unsubscribedSince = (known: StoredItem, change: SuppressionChange): string | undefined => {
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

const IS_UNSUBSCRIBED: Condition = {
  expression: 'attribute_exists(#begun) AND (attribute_not_exists(#ended) OR #begun.#at > #ended)',
};

const NOT_UNSUBSCRIBED: Condition = { expression: 'attribute_not_exists(#begun) OR #begun.#at <= #ended' };

/**
 * A row of an earlier version may have the category as the email spells it. Once the row is read, `unsubscribedSince`
 * finds all spellings.
 */
const notUnsubscribedAsSpelled = ({ category }: Unsubscription): Condition | undefined =>
  category === undefined || category === foldCategory(category)
    ? undefined
    : { expression: 'attribute_not_exists(#asSpelled)' };

const asSpelled = ({ category }: Unsubscription) =>
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
