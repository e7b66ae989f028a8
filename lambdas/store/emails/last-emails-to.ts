import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** Two pages of an address's emails, newest first. `isLast`: the index lists no others. */
export type LastEmails = (
  recipient: string,
) => AsyncGenerator<Readonly<{ emails: readonly EmailStatus[]; isLast: boolean }>>;

/** How many emails a page reads. The first is enough for most addresses; emails beyond the second are not read. */
const PAGES = [10, 90];

/**
 * Reads the rows consistently: what other functions wrote a moment ago counts. The index is eventually consistent, and
 * only has to list the emails.
 */
export const lastEmails = (client: DynamoDBDocumentClient, table: string): LastEmails =>
  async function* (recipient) {
    let start: Row | undefined;
    for (const limit of PAGES) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'byRecipient',
          KeyConditionExpression: 'recipient = :recipient',
          ExpressionAttributeValues: { ':recipient': recipient },
          ScanIndexForward: false,
          Limit: limit,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      const keys = Items.map((row) => ({ messageId: textOf(row, 'messageId'), recipient }));
      const rows = await batchGet(client, table, keys, { consistent: true });
      const emails = new Map(rows.map(readEmailRow).map((email) => [email.messageId, email]));
      start = LastEvaluatedKey;
      yield { emails: keys.flatMap(({ messageId }) => emails.get(messageId) ?? []), isLast: start === undefined };
      if (start === undefined) return;
    }
  };
