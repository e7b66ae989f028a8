import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Row } from './row.ts';

/** The most keys in a BatchGetItem request (API reference). */
export const MOST_KEYS_AT_ONCE = 100;

/**
 * The rows of at most 100 different keys, in no order; keys without a row are left out.
 * @throws StoreOverloaded when DynamoDB repeatedly leaves keys unprocessed; whatever the SDK throws.
 */
export const batchGet = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Row[],
  { consistent = false } = {},
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let unprocessed = keys;
  for (let attempt = 0; unprocessed.length > 0; attempt++) {
    if (attempt === ATTEMPTS) {
      throw new StoreOverloaded(`${unprocessed.length} of ${keys.length} keys were left unprocessed ${ATTEMPTS} times`);
    }
    if (attempt > 0) await pause(FIRST_PAUSE * 2 ** attempt * (1 + Math.random()));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: [...unprocessed], ...(consistent && { ConsistentRead: true }) } },
      }),
    );
    rows.push(...(Responses?.[table] ?? []));
    unprocessed = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return rows;
};

/** DynamoDB leaves keys unprocessed when it throttles or the answer exceeds 16 MB (API reference, BatchGetItem). */
export class StoreOverloaded extends Error {
  override readonly name = 'StoreOverloaded';
}

const ATTEMPTS = 5;
const FIRST_PAUSE = 25;
