import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type CampaignCount, countedIn, NOTHING, sumOf } from '../../domain/campaign/campaign-counters.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { Contended, sendUpdate } from '../dynamodb/update-item.ts';
import { readEmailsByKey } from '../emails/get-emails.ts';
import { ofCampaign } from '../emails/list-by-campaign.ts';
import { type CampaignItem, COUNTERS, readCampaignItem } from './campaign-row.ts';

/** A counter or a time of a campaign that did not match its emails; 0 or null if there was none. */
export type Difference = Readonly<{ name: string; was: number | string | null; is: number | string | null }>;

export type Recount = Readonly<{ recipients: number; differences: readonly Difference[] }>;

export type RecountOptions = Readonly<{
  tables: Readonly<{ emailStatus: string; campaigns: string }>;
  campaignId: string;
  /** Writes the counted values; if false, the differences are only returned. */
  repair: boolean;
  /** ISO 8601: the time of the recount. A later fact is not counted as activity (domain/campaign). */
  now: string;
  /** Resolves when earlier writes have been counted, as far as can be determined. */
  quiet: () => Promise<void>;
  /** Called after each page of emails. */
  progress?: (recipients: number) => void;
}>;

/**
 * Counts a campaign again from its emails' rows, and corrects its counters. If anything is counted into the item while it
 * reads, changes could count twice or never, so it starts again.
 *
 * @throws Contended if something was counted during each of the attempts
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
  throw new Contended('emails of the campaign changed during each attempt: try again when fewer of them change');
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

/**
 * Whether it was written; false if something was counted meanwhile. Positions stay, as the records up to them are
 * counted.
 */
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
  // By number: with the names of all counters, the expression would be close to DynamoDB's limit of 4 KB.
  const indexOf = (name: string) => names.indexOf(name);
  const found = await sendUpdate(client, {
    TableName: tables.campaigns,
    Key: { campaignId },
    UpdateExpression: [
      ...(kept.length > 0 ? [`SET ${kept.map((name) => `#n${indexOf(name)} = :n${indexOf(name)}`).join(', ')}`] : []),
      ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#n${indexOf(name)}`).join(', ')}`] : []),
      'ADD #writes :one',
    ].join(' '),
    ConditionExpression: known === undefined ? 'attribute_not_exists(#writes)' : '#writes = :writes',
    ExpressionAttributeNames: {
      '#writes': 'writes',
      ...Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(kept.map((name) => [`:n${indexOf(name)}`, all[name]])),
      ...{ ':one': 1, ...(known && { ':writes': known.writes }) },
    },
  });
  return found === undefined;
};
