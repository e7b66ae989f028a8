import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { causesInForce } from '../../domain/suppression/causes-in-force.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { writeUntilSettled } from '../dynamodb/update-item.ts';
import { type ByHand, suppressed } from './manual-edit.ts';
import { readSuppressionRow } from './suppression-row.ts';

/** An address to suppress by hand. */
export type ToSuppress = Readonly<{ address: string }> & ByHand;

/** A suppression after the change; `isNew` if the address was not suppressed before. */
export type Suppressed = Readonly<{ item: SuppressionItem; isNew: boolean }>;

/** Below the SDK's 50 connections, and below the 1,000 writes a second that one partition accepts. */
const WRITES_AT_ONCE = 32;
const BATCHES_AT_ONCE = 5;

/** The rows of many addresses, in their order; `undefined` for an address without one. */
export const readSuppressions = async (
  client: DynamoDBDocumentClient,
  table: string,
  addresses: readonly string[],
): Promise<readonly (SuppressionItem | undefined)[]> => {
  // DynamoDB rejects a batch with duplicate keys.
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
 * Suppresses many addresses by hand, each with one write, and only if something changes. Returns the results in their
 * order. If one fails, earlier ones are written: repeating the whole call completes it.
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

/** Suppresses an address by hand, starting from the row that was read. */
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
