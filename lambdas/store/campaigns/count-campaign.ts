import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type CampaignChange, sumOf } from '../../domain/campaign/campaign-counters.ts';
import { later } from '../../domain/values/time.ts';
import { Contended, sendUpdate } from '../dynamodb/update-item.ts';
import { type CampaignItem, readCampaignItem } from './campaign-row.ts';
import { expressionOf } from './count-update.ts';
import type { CountWrite } from './count-write.ts';

/** What a batch of one shard brings for one campaign, in the order of the shard. */
export type CampaignBatch = Readonly<{
  campaignId: string;
  shard: string;
  records: readonly Readonly<{ sequence: string; change: CampaignChange }>[];
}>;

/** Adds a batch up and writes it. `now` is ISO 8601. */
export type CampaignCounter = (batch: CampaignBatch, now: string) => Promise<void>;
/**
 * Counts exactly once, however a shard's records are cut into batches and however often they come: the item holds how far
 * it counted each shard, only what lies beyond is added, and on the condition that the position is still the one read.
 * One write for a campaign and a batch.
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

/** A failure means that another shard moved the times of activity, or that a batch is counted twice at once. */
const ATTEMPTS = 16;

/** The stream keeps a record for 24 hours, so nothing of a shard comes again that was counted so long ago. */
const REMEMBERED = 48 * 3_600_000;

/** `undefined` where all of the batch is counted already. */
const writeOf = (
  { shard, records }: CampaignBatch,
  { positions = {} }: CampaignItem,
  now: string,
): CountWrite | undefined => {
  // Numbers of more digits than a double holds, and as texts 9 would come after 10.
  const counted = BigInt(positions[shard]?.sequence ?? -1);
  const fresh = records.filter(({ sequence }) => BigInt(sequence) > counted);
  const last = fresh.at(-1);
  if (last === undefined) return undefined;
  const forgotten = Object.entries(positions)
    .filter(([name, { at }]) => name !== shard && at < later(now, -REMEMBERED))
    .map(([name]) => name);
  return { sum: sumOf(fresh.map(({ change }) => change)), shard, sequence: last.sequence, now, forgotten };
};
