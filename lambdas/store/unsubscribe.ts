import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Mail } from '../domain/link-facts.ts';
import type { CauseRecord } from '../domain/suppression.ts';
import type { SuppressionChange } from '../domain/suppression-change.ts';
import { both, type Condition, type ItemUpdate, type StoredItem, writeUntilSettled } from './conditional-update.ts';
import { nextWrite, suppressionRecorder } from './record-suppressions.ts';
import { attributesOf } from './sound-row.ts';

export type { Mail } from '../domain/link-facts.ts';

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
  const record = suppressionRecorder(client, table, now);
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
        leaving(change, known, new Date(now()).toISOString()),
      );
    },
    resubscribe: (wish) => {
      const { at, messageId } = wish;
      return record({ ...about(wish), ends: { at, messageId, note: 'resubscribed' } });
    },
  };
};

/**
 * The write that leaves. Where it is left already only the time of the record moves, since of somebody who came back may be
 * heard late; the history, which says since when it is left, does not grow.
 */
const leaving = (change: Leaving, known: StoredItem | undefined, now: string): ItemUpdate | undefined => {
  const { begun, ended } = attributesOf(change);
  const left = known && leftSince(known[begun], known[ended]);
  if (left === undefined) {
    const update = nextWrite(change, known, now);
    return update && { ...update, condition: both(update.condition, NOT_LEFT) };
  }
  if (left >= change.begins.at) return undefined;
  const condition = { expression: STILL_LEFT, values: { left } };
  return { set: { begun: change.begins }, names: { begun, ended }, condition };
};

type Leaving = SuppressionChange & Readonly<{ begins: CauseRecord }>;

/** Since when, by the latest word; `undefined` where it is not left, or was come back to. */
const leftSince = (begun: unknown, ended: unknown): string | undefined => {
  const at = (begun as CauseRecord | undefined)?.at;
  return at !== undefined && (ended === undefined || at > String(ended)) ? at : undefined;
};

const NOT_LEFT: Condition = { expression: 'attribute_not_exists(#begun) OR #begun.#at <= #ended' };
const STILL_LEFT = '#begun.#at = :left AND (attribute_not_exists(#ended) OR #ended < :left)';
