import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SuppressionChange } from '../../domain/ses-events/suppression-change.ts';
import { foldCategory } from '../../domain/suppression/category-opt-outs.ts';
import type { CauseRecord } from '../../domain/suppression/suppression.ts';
import { historyLine, LONGEST_HISTORY } from '../../domain/suppression/suppression-history.ts';
import { compareTexts } from '../../domain/values/compare-text.ts';
import {
  both,
  type Condition,
  hasRoom,
  type ItemUpdate,
  type StoredItem,
  setOf,
  writeUntilSettled,
} from '../dynamodb/update-item.ts';
import { attributesOf, isRepaired, repairedRow } from './repaired-row.ts';

/** Records a suppression change. Repeats and reordering change nothing. @throws Contended, and whatever the SDK throws */
export type SuppressionRecorder = (change: SuppressionChange) => Promise<void>;

/**
 * Records the beginning or the end of a cause: one UpdateItem, no read before it. The latest beginning and the latest end
 * are stored, by their own times, so order and repeats change nothing. A row with a time in the future, or with a report of
 * SES's global list stored as a bounce, is repaired first: that takes a second UpdateItem.
 *
 * @param now milliseconds since 1970
 */
export const suppressionRecorder =
  (client: DynamoDBDocumentClient, table: string, now: () => number = Date.now): SuppressionRecorder =>
  (change) =>
    writeUntilSettled(client, table, { address: change.address }, (known) =>
      changeUpdate(change, known, new Date(now()).toISOString()),
    );

/** The write that adds a change to an address's row; `undefined` if the row has it already. */
export const changeUpdate = (
  change: SuppressionChange,
  known: StoredItem | undefined,
  now: string,
): ItemUpdate | undefined => {
  const time = [now, change.arrivedAt ?? now, timeOf(change)].sort().at(-1) ?? now;
  const sound = known && repairedRow(change, known, time);
  if (sound !== undefined && wasForgiven(change, sound.row)) return undefined;
  const latest = latestOf(change);
  const isLatest = sound === undefined || latest.isLaterThan(sound.row);
  const spellings = missing(change.spellings, known?.spellings);
  const history = setOf(known?.history).size < LONGEST_HISTORY ? missing([lineOf(change)], known?.history) : [];

  if (!isLatest && spellings.length + history.length === 0) return undefined;
  const isNews = both(both(latest.condition, notForgiven(change)), isRepaired(change, time));
  return {
    set: isLatest ? { ...sound?.set, ...latest.set } : {},
    names: latest.names,
    add: { spellings, history },
    condition: both(
      sound?.asRead ?? (isLatest ? isNews : notForgiven(change)),
      history.length > 0 ? hasRoom('history', LONGEST_HISTORY) : undefined,
    ),
  };
};

const timeOf = (change: SuppressionChange): string => ('ends' in change ? change.ends.at : change.begins.at);

/**
 * The attribute that a change sets, and the check that it is later than the stored one: as a condition for DynamoDB,
 * and in memory.
 */
const latestOf = (
  change: SuppressionChange,
): Required<Pick<ItemUpdate, 'set' | 'names'>> & {
  condition: Condition;
  isLaterThan: (known: StoredItem) => boolean;
} => {
  const { cause } = change;
  const names = attributesOf(change);
  const { begun, ended } = names;
  if ('ends' in change) {
    return {
      names,
      // Unsubscribing is not on SES's list.
      set: { ended: change.ends.at, ...(cause !== 'unsubscribe' && { endsOnSesList: true }) },
      condition: { expression: 'attribute_not_exists(#ended) OR #ended < :ended' },
      isLaterThan: ({ [ended]: endedAt }) => endedAt === undefined || String(endedAt) < change.ends.at,
    };
  }
  const { at, messageId = '', note = '' } = change.begins;
  return {
    names,
    set: { begun: change.begins },
    // Of causes with the same time the same one must win, in whatever order they are recorded.
    condition: {
      expression: [
        'attribute_not_exists(#begun)',
        '#begun.#at < :at',
        '#begun.#at = :at AND #begun.#messageId < :messageId',
        '#begun.#at = :at AND #begun.#messageId = :messageId AND #begun.#note < :note',
      ]
        .map((clause) => `(${clause})`)
        .join(' OR '),
      values: { at, messageId, note },
    },
    isLaterThan: ({ [begun]: record }) => record === undefined || isBefore(record as CauseRecord, change.begins),
  };
};

/** The same check as `notForgiven`, in memory. */
const wasForgiven = (change: SuppressionChange, known: StoredItem): boolean => {
  const endedAt = known[attributesOf(change).ended];
  return 'begins' in change && change.unlessEnded !== undefined && String(endedAt ?? '') >= change.unlessEnded;
};

const notForgiven = (change: SuppressionChange): Condition | undefined =>
  'begins' in change && change.unlessEnded !== undefined
    ? {
        expression: 'attribute_not_exists(#ended) OR #ended < :unlessEnded',
        values: { unlessEnded: change.unlessEnded },
      }
    : undefined;

const isBefore = (one: CauseRecord, other: CauseRecord): boolean => {
  for (const part of ['at', 'messageId', 'note'] as const) {
    const order = compareTexts(one[part] ?? '', other[part] ?? '');
    if (order !== 0) return order < 0;
  }
  return false;
};

const lineOf = (change: SuppressionChange): string => {
  const category = change.category === undefined ? {} : { category: foldCategory(change.category) };
  return 'ends' in change
    ? historyLine({
        ...{ ...change.ends, ...category },
        what: `${change.cause}_lifted`,
        source: change.cause === 'unsubscribe' ? 'unsubscribe' : 'ses_event',
      })
    : historyLine({
        ...{ at: change.begins.at, what: change.cause, source: change.begins.source },
        ...{ ...detailsOf(change.begins), ...category },
      });
};

const detailsOf = ({ messageId, ambiguous, note }: CauseRecord) => ({
  ...(messageId && { messageId }),
  ...(ambiguous && { ambiguous }),
  ...(note && { note }),
});

const missing = (elements: readonly string[], known: unknown): readonly string[] =>
  elements.filter((element) => !setOf(known).has(element));
