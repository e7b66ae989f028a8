import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** Pages of an address's emails, newest first: the last few, then more. After the last there are none, as far as is known. */
export type LastEmails = (
  recipient: string,
) => AsyncGenerator<Readonly<{ emails: readonly EmailStatus[]; isLast: boolean }>>;

/** How many emails a page reads. Most addresses are decided by the first; what the second does not tell is let be. */
const PAGES = [10, 90];

/**
 * Reads the rows consistently: what other functions wrote of the address a moment ago counts. The index may be a moment
 * behind; it only has to know that an email exists.
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
