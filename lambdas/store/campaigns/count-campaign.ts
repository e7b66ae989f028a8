import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type CampaignChange, sumOf } from '../../domain/campaign/campaign-counters.ts';
import { later } from '../../domain/values/time.ts';
import { Contended, sendUpdate } from '../dynamodb/update-item.ts';
import { type CampaignItem, readCampaignItem } from './campaign-row.ts';
import { expressionOf } from './count-update.ts';
import type { CountWrite } from './count-write.ts';

/** The changes of one campaign's emails in a batch of one shard, in the order of the shard. */
export type CampaignBatch = Readonly<{
  campaignId: string;
  shard: string;
  records: readonly Readonly<{ sequence: string; change: CampaignChange }>[];
}>;

/** Adds up a batch and writes the sums. `now` is ISO 8601. */
export type CampaignCounter = (batch: CampaignBatch, now: string) => Promise<void>;

/**
 * Counts exactly once, however a shard's records are split into batches and however often they are delivered. The item has
 * the position of each shard. Only later records are added, on the condition that the position is still the one that was
 * read. One write for each campaign and batch.
 */
export const campaignCounter =
  (client: DynamoDBDocumentClient, table: string): CampaignCounter =>
  async (batch, now) => {
    const Key = { campaignId: batch.campaignId };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    let item = readCampaignItem(Item ?? {});
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const write = writeOf(batch, item, now);
      if (write === undefined) return;
      const found = await sendUpdate(client, { TableName: table, Key, ...expressionOf(write, item) });
      if (found === undefined) return;
      item = readCampaignItem(found);
    }
    throw new Contended(`an item of ${table} was changed by others during each of ${ATTEMPTS} attempts to write it`);
  };

/** A failed attempt means that another shard changed the times of activity, or that a batch is being counted twice. */
const ATTEMPTS = 16;

/** Milliseconds. The stream keeps a record for 24 hours, so records counted longer ago are not delivered again. */
const REMEMBERED = 48 * 3_600_000;

/** `undefined` if the whole batch is counted already. */
const writeOf = (
  { shard, records }: CampaignBatch,
  { positions = {} }: CampaignItem,
  now: string,
): CountWrite | undefined => {
  // BigInt: the numbers have more digits than a double can represent, and as strings 9 would sort after 10.
  const counted = BigInt(positions[shard]?.sequence ?? -1);
  const fresh = records.filter(({ sequence }) => BigInt(sequence) > counted);
  const last = fresh.at(-1);
  if (last === undefined) return undefined;
  const forgotten = Object.entries(positions)
    .filter(([name, { at }]) => name !== shard && at < later(now, -REMEMBERED))
    .map(([name]) => name);
  return { sum: sumOf(fresh.map(({ change }) => change)), shard, sequence: last.sequence, now, forgotten };
};
