import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type CampaignCount, countedIn, NOTHING, sumOf } from '../../domain/campaign/campaign-counters.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { Contended, sendUpdate } from '../dynamodb/update-item.ts';
import { readEmailsByKey } from '../emails/get-emails.ts';
import { ofCampaign } from '../emails/list-by-campaign.ts';
import { type CampaignItem, COUNTERS, readCampaignItem } from './campaign-row.ts';

/** A number or a time of a campaign that was another than its emails say; 0 or null where there was none. */
export type Difference = Readonly<{ name: string; was: number | string | null; is: number | string | null }>;

export type Recount = Readonly<{ recipients: number; differences: readonly Difference[] }>;

export type RecountOptions = Readonly<{
  tables: Readonly<{ emailStatus: string; campaigns: string }>;
  campaignId: string;
  /** Writes what was found; without it the difference is only told. */
  repair: boolean;
  /** ISO 8601: the time of the recount. A fact later than that is no activity (domain/campaign.ts). */
  now: string;
  /** Resolves when what was written before is counted, as far as one can tell. */
  quiet: () => Promise<void>;
  /** Told of every page of emails read. */
  progress?: (recipients: number) => void;
}>;

/**
 * Counts a campaign anew from its emails' rows, and puts its numbers right. While it reads, nothing may be counted into
 * the item, or changes would count twice or never: it then begins anew.
 *
 * @throws Contended where something was counted during each of the attempts
 */
export const recountCampaign = async (client: DynamoDBDocumentClient, options: RecountOptions): Promise<Recount> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await options.quiet();
    const before = await readItem(client, options);
    const found = await countEmails(client, options);
    await options.quiet();
    const after = await readItem(client, options);
    if (before?.writes !== after?.writes) continue;
    const recount = { recipients: found.counters.recipients ?? 0, differences: differencesOf(after ?? NOTHING, found) };
    if (!options.repair || recount.differences.length === 0) return recount;
    if (await write(client, options, found, after)) return recount;
  }
  throw new Contended('emails of the campaign changed all the while: try again when fewer do');
};

const ATTEMPTS = 3;

const readItem = async (
  client: DynamoDBDocumentClient,
  { tables, campaignId }: RecountOptions,
): Promise<CampaignItem | undefined> => {
  const asked = { TableName: tables.campaigns, Key: { campaignId }, ConsistentRead: true };
  const { Item } = await client.send(new GetCommand(asked));
  return Item && readCampaignItem(Item);
};

const countEmails = async (client: DynamoDBDocumentClient, options: RecountOptions): Promise<CampaignCount> => {
  let found = NOTHING;
  const countShard = async (shard: number) => {
    let next: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: options.tables.emailStatus,
          ...ofCampaign(options.campaignId, shard),
          Limit: MOST_KEYS_AT_ONCE,
          ...(next && { ExclusiveStartKey: next }),
        }),
      );
      const keys = Items.map((row) => ({ messageId: textOf(row, 'messageId'), recipient: textOf(row, 'recipient') }));
      const emails = await readEmailsByKey(client, options.tables.emailStatus, keys);
      found = sumOf([found, ...emails.flatMap((email) => countedIn(email, options.now) ?? [])]);
      options.progress?.(found.counters.recipients ?? 0);
      next = LastEvaluatedKey;
    } while (next !== undefined);
  };
  await Promise.all(Array.from({ length: SHARDS }, (_, shard) => countShard(shard)));
  return found;
};

const TIMES = ['firstActivityAt', 'lastActivityAt'] as const;

const differencesOf = (was: CampaignCount, is: CampaignCount): readonly Difference[] =>
  [
    ...COUNTERS.map((name) => ({ name, was: was.counters[name] ?? 0, is: is.counters[name] ?? 0 })),
    ...TIMES.map((name) => ({ name, was: was[name] ?? null, is: is[name] ?? null })),
  ].filter(({ was, is }) => was !== is);

/** Whether it was written: not where something was counted in the meantime. Positions stay: what they stand for is counted. */
const write = async (
  client: DynamoDBDocumentClient,
  { tables, campaignId }: RecountOptions,
  { counters, ...times }: CampaignCount,
  known: CampaignItem | undefined,
): Promise<boolean> => {
  const all: Row = { ...counters, ...times };
  const names = [...COUNTERS, ...TIMES];
  const kept = names.filter((name) => all[name] !== undefined);
  const gone = names.filter((name) => all[name] === undefined);
  // By number: with the names of every counter the expression would come near the 4 KB that DynamoDB takes.
  const place = (name: string) => names.indexOf(name);
  const found = await sendUpdate(client, {
    TableName: tables.campaigns,
    Key: { campaignId },
    UpdateExpression: [
      ...(kept.length > 0 ? [`SET ${kept.map((name) => `#n${place(name)} = :n${place(name)}`).join(', ')}`] : []),
      ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#n${place(name)}`).join(', ')}`] : []),
      'ADD #writes :one',
    ].join(' '),
    ConditionExpression: known === undefined ? 'attribute_not_exists(#writes)' : '#writes = :writes',
    ExpressionAttributeNames: {
      '#writes': 'writes',
      ...Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(kept.map((name) => [`:n${place(name)}`, all[name]])),
      ...{ ':one': 1, ...(known && { ':writes': known.writes }) },
    },
  });
  return found === undefined;
};
