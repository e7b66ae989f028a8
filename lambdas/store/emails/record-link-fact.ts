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

/** A fact that a link in an email told, and the row that it is about. */
export type LinkFact = Readonly<{
  messageId: string;
  /** Folded address. */
  recipient: string;
  fact: Fact;
}>;

export type LinkFactRecorder = Readonly<{
  /** Records the fact however often there was one like it, while there is room in the row's history. */
  each: (told: LinkFact) => Promise<void>;
  /** Records it unless the row has one already that says the same. */
  once: (told: LinkFact, saysTheSame: (known: Fact) => boolean) => Promise<void>;
}>;

/**
 * Records what links tell, as recording does what SES tells: facts are added and the highest rank wins. But only on a row
 * that is there. A link outlives its email's row, and following one must not bring back what expired or was erased.
 */
export const linkFactRecorder = (client: DynamoDBDocumentClient, table: string): LinkFactRecorder => {
  const record = (
    { messageId, recipient, fact }: LinkFact,
    next: (portion: FactBatch, known: StoredItem | undefined) => ItemUpdate | undefined,
  ) => {
    const [portion] = factBatchesOf({
      facts: [fact],
      spellings: [],
      movesStatus: true,
      description: {},
      arrivedAt: fact.at,
    });
    return writeUntilSettled(client, table, { messageId, recipient }, (known) =>
      portion === undefined || isGone(known) ? undefined : next(portion, known),
    );
  };
  return {
    each: (told) => record(told, (portion, known) => onCondition(IS_THERE, factUpdate(portion, known))),
    once: (told, saysTheSame) =>
      record(told, (portion, known) => {
        // Nothing is read for it: an attempt that can only hold on a row without history brings the row back.
        const lines = [...setOf(known?.events)];
        if (lines.some((line) => says(line, saysTheSame))) return undefined;
        return onCondition(hasOnly(lines.length), factUpdate(portion, known));
      }),
  };
};

/** That the row is there and its history is still what was read: lines are only ever added. */
const hasOnly = (told: number): Condition =>
  told === 0
    ? { expression: `${IS_THERE.expression} AND attribute_not_exists(#events)` }
    : { expression: 'size(#events) = :told', values: { told } };

const says = (line: string, saysTheSame: (known: Fact) => boolean): boolean => {
  const known = readLine(line);
  return known !== undefined && saysTheSame(known);
};
