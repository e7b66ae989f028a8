import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isStatusWith, type StatusWith } from '../../domain/status/statuses.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { ofCampaign } from './list-by-campaign.ts';
import { readStalled, type StalledEmail } from './stalled-emails.ts';

/** Statuses of emails that are not sent yet and may still be. */
type Unsent = StatusWith<Readonly<{ waitsFor: 'the queue' | 'SES' | 'quota' }>>;

/**
 * They are read in this order: those that wait for a queue message come first. Positions in it are stored
 * (unfinished-campaigns.ts), so a new status takes the next number.
 */
const ORDER: Readonly<Record<Unsent, number>> = { queued: 0, throttled: 1, sending: 2, depleted: 3 };
const UNSENT = (Object.keys(ORDER) as Unsent[]).sort((one, other) => ORDER[one] - ORDER[other]);
const IN_QUEUE = UNSENT.filter((status) => isStatusWith(status, { waitsFor: 'the queue' })).length * SHARDS;

/** Where the next page of a campaign's unsent emails starts: in which shard of which status, and after which key. */
export type UnsentPosition = Readonly<{
  place: number;
  key?: Readonly<{ recipient: string; messageId: string }>;
}>;

/** `found` counts entries of the index; `emails` does not contain those whose row changed or was deleted. */
export type UnsentPage = Readonly<{
  emails: readonly StalledEmail[];
  found: number;
  next: UnsentPosition | undefined;
}>;

/** Reads a page of a campaign's unsent emails: one Query of keys and one BatchGetItem. */
export type UnsentPages = (campaignId: string, position: UnsentPosition) => Promise<UnsentPage>;

/** The start of all of a campaign's unsent emails. */
export const FROM_THE_FIRST: UnsentPosition = { place: 0 };

/** The start of those that do not wait for a queue message: `sending` and `depleted`. */
export const BEHIND_THE_QUEUE: UnsentPosition = { place: IN_QUEUE };

export const unsentPages =
  (client: DynamoDBDocumentClient, table: string): UnsentPages =>
  async (campaignId, { place, key }) => {
    const [status, shard] = [UNSENT[Math.floor(place / SHARDS)], place % SHARDS];
    if (status === undefined) return { emails: [], found: 0, next: undefined };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...ofCampaign(campaignId, shard, { status }),
        Limit: MOST_KEYS_AT_ONCE,
        ...(key && { ExclusiveStartKey: { campaignShard: `${campaignId}/${shard}`, status, ...key } }),
      }),
    );
    const rows = Items.length > 0 ? await batchGet(client, table, Items.map(keyOf)) : [];
    const emails = rows.map(readStalled).filter((email) => email.status === status && email.campaignId === campaignId);
    return { emails, found: Items.length, next: nextOf(place, LastEvaluatedKey) };
  };

const keyOf = (row: Row) => ({ messageId: textOf(row, 'messageId'), recipient: textOf(row, 'recipient') });

const nextOf = (place: number, last: Row | undefined): UnsentPosition | undefined => {
  if (last !== undefined) return { place, key: keyOf(last) };
  return place + 1 < UNSENT.length * SHARDS ? { place: place + 1 } : undefined;
};
