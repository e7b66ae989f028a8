import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Row } from './row.ts';

/** BatchGetItem takes at most this many keys. */
export const MOST_KEYS_AT_ONCE = 100;

/**
 * The rows of at most 100 different keys, in no order; those that are not there are left out.
 * @throws StoreOverloaded when DynamoDB leaves keys undone again and again; whatever the SDK throws.
 */
export const batchGet = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Row[],
  { consistent = false } = {},
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let undone = keys;
  for (let attempt = 0; undone.length > 0; attempt++) {
    if (attempt === ATTEMPTS) {
      throw new StoreOverloaded(`${undone.length} of ${keys.length} keys were left undone ${ATTEMPTS} times`);
    }
    if (attempt > 0) await pause(FIRST_PAUSE * 2 ** attempt * (1 + Math.random()));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: [...undone], ...(consistent && { ConsistentRead: true }) } },
      }),
    );
    rows.push(...(Responses?.[table] ?? []));
    undone = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return rows;
};

/** DynamoDB leaves keys undone when it throttles or the answer exceeds 16 MB (API reference, BatchGetItem). */
export class StoreOverloaded extends Error {
  override readonly name = 'StoreOverloaded';
}

const ATTEMPTS = 5;
const FIRST_PAUSE = 25;
