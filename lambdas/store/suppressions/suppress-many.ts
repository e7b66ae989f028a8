import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { causesInForce } from '../../domain/suppression/causes-in-force.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { writeUntilSettled } from '../dynamodb/update-item.ts';
import { type ByHand, suppressed } from './manual-edit.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** An address, and a person's reason to suppress it. */
export type ToSuppress = Readonly<{ address: string }> & ByHand;

/** A suppression as it is now; `isNew` where the address was not suppressed before. */
export type Suppressed = Readonly<{ item: SuppressionItem; isNew: boolean }>;

/** Far below the SDK's 50 connections, and the 1,000 writes a second that one key range takes are not reached either. */
const WRITES_AT_ONCE = 32;
const BATCHES_AT_ONCE = 5;

/** What is kept of each of many addresses, in their order; `undefined` where there is nothing. */
export const readSuppressions = async (
  client: DynamoDBDocumentClient,
  table: string,
  addresses: readonly string[],
): Promise<readonly (SuppressionItem | undefined)[]> => {
  // DynamoDB refuses a batch with one key twice.
  const keys = [...new Set(addresses)].map((address) => ({ address }));
  const batches = Array.from({ length: Math.ceil(keys.length / MOST_KEYS_AT_ONCE) }, (_, index) =>
    keys.slice(index * MOST_KEYS_AT_ONCE, (index + 1) * MOST_KEYS_AT_ONCE),
  );
  const read = await mapConcurrently(BATCHES_AT_ONCE, batches, (batch) =>
    batchGet(client, table, batch, { consistent: true }),
  );
  const items = new Map(
    read
      .flat()
      .map(readSuppressionRow)
      .map((item) => [item.address, item]),
  );
  return addresses.map((address) => items.get(address));
};

/**
 * Suppresses many addresses by hand, each with a write of its own and only where something changes; what came of each, in
 * their order. Where one fails, those before it are done: to repeat the whole is to complete it.
 */
export const suppressEach = async (
  client: DynamoDBDocumentClient,
  table: string,
  all: readonly ToSuppress[],
): Promise<readonly Suppressed[]> => {
  const items = await readSuppressions(
    client,
    table,
    all.map(({ address }) => address),
  );
  const pairs = all.map((one, index) => ({ one, read: items[index] ?? { address: one.address } }));
  return mapConcurrently(WRITES_AT_ONCE, pairs, ({ one, read }) => suppressOne(client, table, read, one));
};

/** Suppresses an address by hand, from what was read of it. */
export const suppressOne = async (
  client: DynamoDBDocumentClient,
  table: string,
  read: SuppressionItem,
  byHand: ByHand,
): Promise<Suppressed> => {
  const { address } = read;
  let answer = { item: read, isNew: false };
  await writeUntilSettled(client, table, { address }, (known) => {
    const before = known === undefined ? read : readSuppressionRow({ ...known, address });
    const edit = suppressed(before, byHand);
    answer = { item: edit?.item ?? before, isNew: causesInForce(before, byHand.now).length === 0 };
    return edit?.update;
  });
  return answer;
};
