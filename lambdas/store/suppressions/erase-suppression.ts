import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  ATTRIBUTES,
  CAUSES,
  type CauseRecord,
  REPORTED_BY_SES,
  type SuppressionItem,
} from '../../domain/suppression/suppression.ts';
import { both, type Condition, Contended, conditionalDelete } from '../dynamodb/update-item.ts';
import { asItWas } from './manual-edit.ts';
import { readSuppression } from './suppression-list.ts';

/** Erases the suppression of an address. */
export type SuppressionEraser = Readonly<{
  /** Deletes the row, whatever it contains. */
  erase: (address: string) => Promise<void>;
  /**
   * Deletes a row that was written since only because of emails from before the erasure. A cause from a later email, from
   * the recipient or from an operator keeps the row. SES's list is not changed.
   *
   * @param isLater whether an email by this id was accepted after `erasedAt`
   */
  eraseLate: (address: string, erasedAt: string, isLater: (messageId: string) => Promise<boolean>) => Promise<void>;
}>;

export const suppressionEraser = (client: DynamoDBDocumentClient, table: string): SuppressionEraser => ({
  erase: async (address) => {
    await client.send(new DeleteCommand({ TableName: table, Key: { address } }));
  },
  eraseLate: async (address, erasedAt, isLater) => {
    const item = await readSuppression(client, table, address);
    if (item === undefined) return;
    for (const { at, source, messageId } of recordsOf(item)) {
      // Unsubscribing is a new request, however old the email with the link is.
      const isRequest = source === 'unsubscribe' || messageId === undefined;
      if (at > erasedAt && (isRequest || (await isLater(messageId)))) return;
    }
    if (await conditionalDelete(client, table, { address }, asItWasWhole(item))) return;
    throw new Contended('a suppression was changed while it was checked');
  },
});

/**
 * The condition that the row is unchanged, including its categories: each change of a category adds a line to the
 * history.
 */
const asItWasWhole = (item: SuppressionItem): Condition => {
  const lines = item.history?.length ?? 0;
  const sameHistory =
    lines === 0
      ? { expression: 'attribute_not_exists(#history)' }
      : { expression: 'size(#history) = :lines', values: { lines } };
  return both(asItWas(item), sameHistory) ?? sameHistory;
};

const recordsOf = (item: SuppressionItem): readonly CauseRecord[] => [
  ...CAUSES.flatMap((cause) => item[ATTRIBUTES[cause][0]] ?? []),
  ...Object.values(REPORTED_BY_SES).flatMap((attribute) => item[attribute] ?? []),
  ...(item.categories ?? []).flatMap(({ left }) => left ?? []),
];
