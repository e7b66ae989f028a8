import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** The key of an email's row. */
export type EmailKey = Readonly<{ messageId: string; recipient: string }>;

/**
 * The emails of at most 100 keys, in the order of the keys; `undefined` for a deleted row, which an index may still list.
 * @throws StoreOverloaded when DynamoDB repeatedly leaves keys unprocessed; whatever the SDK throws.
 */
export const readEmailsByKey = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly EmailKey[],
): Promise<readonly (EmailStatus | undefined)[]> => {
  const rows = await batchGet(
    client,
    table,
    keys.map(({ messageId, recipient }) => ({ messageId, recipient })),
  );
  const emails = new Map(rows.map(readEmailRow).map((email) => [nameOf(email), email]));
  return keys.map((key) => emails.get(nameOf(key)));
};

const nameOf = ({ messageId, recipient }: EmailKey): string => JSON.stringify([messageId, recipient]);
