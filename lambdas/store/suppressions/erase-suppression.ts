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

/** What is kept of an address's suppression, as those use it who erase. */
export type SuppressionEraser = Readonly<{
  /** Deletes it, whatever it says. */
  erase: (address: string) => Promise<void>;
  /**
   * Deletes what was written of the address since, but by news of emails from before; something newer, of which there is an
   * email or a person's word, keeps it. SES's list is not touched.
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
    for (const { at, source, messageId } of told(item)) {
      // Who leaves says so now, however old the email is whose link they take.
      const isWord = source === 'unsubscribe' || messageId === undefined;
      if (at > erasedAt && (isWord || (await isLater(messageId)))) return;
    }
    if (await conditionalDelete(client, table, { address }, asItWasWhole(item))) return;
    throw new Contended('a suppression was changed while it was looked at');
  },
});

/** With its categories, each of which has an attribute of its own: whatever is told of one has a line in the history. */
const asItWasWhole = (item: SuppressionItem): Condition => {
  const lines = item.history?.length ?? 0;
  const sameHistory =
    lines === 0
      ? { expression: 'attribute_not_exists(#history)' }
      : { expression: 'size(#history) = :lines', values: { lines } };
  return both(asItWas(item), sameHistory) ?? sameHistory;
};

const told = (item: SuppressionItem): readonly CauseRecord[] => [
  ...CAUSES.flatMap((cause) => item[ATTRIBUTES[cause][0]] ?? []),
  ...Object.values(REPORTED_BY_SES).flatMap((attribute) => item[attribute] ?? []),
  ...(item.categories ?? []).flatMap(({ left }) => left ?? []),
];
