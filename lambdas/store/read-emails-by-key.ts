import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EmailStatus } from './email-status.ts';
import { readEmailRow } from './read-email-row.ts';
import type { Row } from './read-row.ts';

/** What an email's row goes by. */
export type EmailKey = Readonly<{ messageId: string; recipient: string }>;

/** BatchGetItem takes at most this many keys. */
export const MOST_KEYS_AT_ONCE = 100;

/**
 * The emails of at most 100 keys, in the order of the keys; `undefined` where a row is gone: an index may still know what
 * the table has deleted.
 * @throws StoreOverloaded when DynamoDB leaves keys undone again and again; whatever the SDK throws.
 */
export const readEmailsByKey = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly EmailKey[],
): Promise<readonly (EmailStatus | undefined)[]> => {
  const rows = keys.length === 0 ? [] : await fetch(client, table, keys);
  const emails = new Map(rows.map(readEmailRow).map((email) => [nameOf(email), email]));
  return keys.map((key) => emails.get(nameOf(key)));
};

/** DynamoDB leaves keys undone when it throttles or the answer exceeds 16 MB (API reference, BatchGetItem). */
export class StoreOverloaded extends Error {
  override readonly name = 'StoreOverloaded';
}

const ATTEMPTS = 5;
const FIRST_PAUSE = 25;

const fetch = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly EmailKey[],
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let undone: readonly Row[] = keys.map(({ messageId, recipient }) => ({ messageId, recipient }));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(FIRST_PAUSE * 2 ** attempt * (1 + Math.random()));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: [...undone] } } }),
    );
    rows.push(...(Responses?.[table] ?? []));
    undone = UnprocessedKeys?.[table]?.Keys ?? [];
    if (undone.length === 0) return rows;
  }
  throw new StoreOverloaded(`${undone.length} of ${keys.length} keys were left undone ${ATTEMPTS} times`);
};

const nameOf = ({ messageId, recipient }: EmailKey): string => JSON.stringify([messageId, recipient]);
