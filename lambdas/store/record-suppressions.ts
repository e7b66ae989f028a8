import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { categoryAttributes, foldCategory } from '../domain/left-categories.ts';
import { ATTRIBUTES, type CauseRecord, historyLine, LONGEST_HISTORY, SAID_BY_SES } from '../domain/suppression.ts';
import type { SuppressionChange } from '../domain/suppression-change.ts';
import { compareTexts } from '../domain/text-order.ts';
import {
  both,
  type Condition,
  hasRoom,
  type ItemUpdate,
  type StoredItem,
  setOf,
  writeUntilSettled,
} from './conditional-update.ts';

export type SuppressionRecorder = (change: SuppressionChange) => Promise<void>;

/**
 * Records the beginning or the end of a cause: one UpdateItem, no read before it. The latest beginning and the latest end
 * are kept, by their own times, so order and repeats change nothing.
 */
export const suppressionRecorder =
  (client: DynamoDBDocumentClient, table: string): SuppressionRecorder =>
  (change) =>
    writeUntilSettled(client, table, { address: change.address }, (known) => nextWrite(change, known));

/** The write that brings an address's row up to a change; `undefined` where nothing of it is missing there. */
export const nextWrite = (change: SuppressionChange, known: StoredItem | undefined): ItemUpdate | undefined => {
  if (known !== undefined && wasForgiven(change, known)) return undefined;
  const latest = latestOf(change);
  const isLatest = known === undefined || latest.isLaterThan(known);
  const spellings = missing(change.spellings, known?.spellings);
  const history = setOf(known?.history).size < LONGEST_HISTORY ? missing([lineOf(change)], known?.history) : [];

  if (!isLatest && spellings.length + history.length === 0) return undefined;
  return {
    set: isLatest ? latest.set : {},
    names: latest.names,
    add: { spellings, history },
    condition: both(
      both(isLatest ? latest.condition : undefined, notForgiven(change)),
      history.length > 0 ? hasRoom('history', LONGEST_HISTORY) : undefined,
    ),
  };
};

/** The attribute a change sets, and when it is later than what is there: once as DynamoDB's condition, once in memory. */
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
      // SES's list knows nothing of unsubscribing.
      set: { ended: change.ends.at, ...(cause !== 'unsubscribe' && { endsOnSesList: true }) },
      condition: { expression: 'attribute_not_exists(#ended) OR #ended < :ended' },
      isLaterThan: ({ [ended]: endedAt }) => endedAt === undefined || String(endedAt) < change.ends.at,
    };
  }
  const { at, messageId = '', note = '' } = change.begins;
  return {
    names,
    set: { begun: change.begins },
    // Of causes told for the same instant one must win, whichever came first.
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

/** The same as `notForgiven` says to DynamoDB, in memory. */
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

/** The attributes of a row that hold when what a change is about began, and when it ended. */
export const attributesOf = (change: SuppressionChange): Readonly<{ begun: string; ended: string }> => {
  const { cause, category } = change;
  const [begun, ended] = category === undefined ? ATTRIBUTES[cause] : categoryAttributes(category);
  const isSaid = 'begins' in change && change.begins.onSesList === true;
  return { begun: isSaid && (cause === 'complaint' || cause === 'bounce') ? SAID_BY_SES[cause] : begun, ended };
};

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
        ...{ ...told(change.begins), ...category },
      });
};

const told = ({ messageId, ambiguous, note }: CauseRecord) => ({
  ...(messageId && { messageId }),
  ...(ambiguous && { ambiguous }),
  ...(note && { note }),
});

const missing = (elements: readonly string[], known: unknown): readonly string[] =>
  elements.filter((element) => !setOf(known).has(element));
