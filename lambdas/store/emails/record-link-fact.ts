import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '../../domain/status/fact.ts';
import { readLine } from '../../domain/status/fact-line.ts';
import {
  type Condition,
  IS_THERE,
  type ItemUpdate,
  isGone,
  onCondition,
  type StoredItem,
  setOf,
  writeUntilSettled,
} from '../dynamodb/update-item.ts';
import { type FactBatch, factUpdate } from './fact-update.ts';
import { factBatchesOf } from './record-facts.ts';

/** A fact recorded through a link in an email, and the row of that email. */
export type LinkFact = Readonly<{
  messageId: string;
  /** Folded address. */
  recipient: string;
  fact: Fact;
}>;

export type LinkFactRecorder = Readonly<{
  /** Records the fact each time, while there is room in the row's history. */
  each: (linkFact: LinkFact) => Promise<void>;
  /** Records the fact unless the row has an equivalent one already. */
  once: (linkFact: LinkFact, isEquivalent: (known: Fact) => boolean) => Promise<void>;
}>;

/**
 * Records facts from links in the same way as facts from SES: they are added, and the highest rank wins. But only on a row
 * that exists. A link outlives its email's row, and opening it must not recreate a row that expired or was erased.
 */
export const linkFactRecorder = (client: DynamoDBDocumentClient, table: string): LinkFactRecorder => {
  const record = (
    { messageId, recipient, fact }: LinkFact,
    next: (batch: FactBatch, known: StoredItem | undefined) => ItemUpdate | undefined,
  ) => {
    const [batch] = factBatchesOf({
      facts: [fact],
      spellings: [],
      movesStatus: true,
      description: {},
      arrivedAt: fact.at,
    });
    return writeUntilSettled(client, table, { messageId, recipient }, (known) =>
      batch === undefined || isGone(known) ? undefined : next(batch, known),
    );
  };
  return {
    each: (linkFact) => record(linkFact, (batch, known) => onCondition(IS_THERE, factUpdate(batch, known))),
    once: (linkFact, isEquivalent) =>
      record(linkFact, (batch, known) => {
        // No read is needed: the first attempt succeeds only on a row without history, and otherwise returns the row.
        const lines = [...setOf(known?.events)];
        if (lines.some((line) => isLineOf(line, isEquivalent))) return undefined;
        return onCondition(hasOnly(lines.length), factUpdate(batch, known));
      }),
  };
};

/** The condition that the row exists and its history is the one that was read: lines are never removed. */
const hasOnly = (lines: number): Condition =>
  lines === 0
    ? { expression: `${IS_THERE.expression} AND attribute_not_exists(#events)` }
    : { expression: 'size(#events) = :lines', values: { lines } };

const isLineOf = (line: string, isEquivalent: (known: Fact) => boolean): boolean => {
  const known = readLine(line);
  return known !== undefined && isEquivalent(known);
};
