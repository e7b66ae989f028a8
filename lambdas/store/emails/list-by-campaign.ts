import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { compareTexts } from '../../domain/values/compare-text.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailsByKey } from './get-emails.ts';

/** Where a page ended in a shard of a campaign's list. */
export type RecipientPosition = Readonly<{ status: string; recipient: string; messageId: string }>;

/** Statuses to list: one, or all with a prefix. */
export type StatusesQuery = Readonly<{ status: string } | { prefix: string }>;

/** A query of a campaign's emails. */
export type RecipientsQuery = Readonly<{
  campaignId: string;
  /** These, in the order of the list; all if absent. */
  statuses?: readonly StatusesQuery[] | undefined;
  /** The last key of each shard that was returned; `undefined` if none was. */
  after: (shard: number) => RecipientPosition | undefined;
  limit: number;
}>;

/** A page by status and recipient; `last` is where it ended in each shard, `undefined` at the end of the list. */
export type RecipientPage = Readonly<{
  emails: readonly EmailStatus[];
  last: Readonly<Record<number, RecipientPosition>> | undefined;
}>;

/**
 * Reads a page: one Query of each shard (a second if two ranges of statuses are requested and the first is short) and one
 * BatchGetItem of rows, whatever the size of the campaign. A deleted row leaves its page shorter. An email whose status
 * changed a moment ago may still be listed under the previous one.
 */
export const readRecipientsOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  asked: RecipientsQuery,
): Promise<RecipientPage> => {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, (_, shard) => readPositions(client, table, asked, shard)),
  );
  const { merged, last, more } = merge(shards, asked);
  const emails = await readEmailsByKey(client, table, merged);
  return { emails: emails.filter((email) => email !== undefined), last: more ? last : undefined };
};

/** The key conditions of a campaign's shard, for a Query of the index byCampaign. */
export const ofCampaign = (campaignId: string, shard: number, statuses?: StatusesQuery) => {
  const [condition, text] =
    statuses === undefined
      ? ['', undefined]
      : 'status' in statuses
        ? [' AND #status = :status', statuses.status]
        : [' AND begins_with(#status, :status)', statuses.prefix];
  return {
    IndexName: 'byCampaign',
    KeyConditionExpression: `campaignShard = :campaignShard${condition}`,
    ExpressionAttributeValues: {
      ':campaignShard': `${campaignId}/${shard}`,
      ...(text !== undefined && { ':status': text }),
    },
    ...(text !== undefined && { ExpressionAttributeNames: { '#status': 'status' } }),
  };
};

const readPositions = async (
  client: DynamoDBDocumentClient,
  table: string,
  { campaignId, statuses, after, limit }: RecipientsQuery,
  shard: number,
): Promise<readonly RecipientPosition[]> => {
  const position = after(shard);
  const positions: RecipientPosition[] = [];
  // A full last page has a LastEvaluatedKey too, so one more key is read to find out whether there are more.
  const wanted = limit + 1;
  for (const range of statuses ?? [undefined]) {
    const starts = position !== undefined && isInRange(position.status, range);
    // The previous page ended behind this range.
    if (position !== undefined && !starts && compareTexts(position.status, textOfRange(range)) > 0) continue;
    if (positions.length === wanted) break;
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        ...ofCampaign(campaignId, shard, range),
        Limit: wanted - positions.length,
        ...(starts && { ExclusiveStartKey: { campaignShard: `${campaignId}/${shard}`, ...position } }),
      }),
    );
    positions.push(...Items.map(readPosition));
  }
  return positions;
};

/** Whether a status is in a range of the list. */
export const isInRange = (status: string, asked: StatusesQuery | undefined): boolean =>
  asked === undefined || ('status' in asked ? status === asked.status : status.startsWith(asked.prefix));

const textOfRange = (asked: StatusesQuery | undefined): string =>
  asked === undefined ? '' : 'status' in asked ? asked.status : asked.prefix;

const readPosition = (row: Row): RecipientPosition => ({
  status: textOf(row, 'status'),
  recipient: textOf(row, 'recipient'),
  messageId: textOf(row, 'messageId'),
});

/** Merges the shards, each in the order that DynamoDB returned: engines order equal keys differently. */
const merge = (shards: readonly (readonly RecipientPosition[])[], { after, limit }: RecipientsQuery) => {
  const merged: RecipientPosition[] = [];
  const taken = shards.map(() => 0);
  const next = (shard: number) => shards[shard]?.[taken[shard] ?? 0];
  const smallest = () =>
    shards.reduce<number | undefined>((best, _, shard) => {
      const [one, other] = [next(shard), best === undefined ? undefined : next(best)];
      return one !== undefined && (other === undefined || comesBefore(one, other)) ? shard : best;
    }, undefined);
  let shard = smallest();
  while (shard !== undefined && merged.length < limit) {
    merged.push(next(shard) as RecipientPosition);
    taken[shard] = (taken[shard] ?? 0) + 1;
    shard = smallest();
  }
  const ends = shards.flatMap((positions, index) => {
    const end = taken[index] === 0 ? after(index) : positions[(taken[index] ?? 0) - 1];
    return end === undefined ? [] : [[index, end] as const];
  });
  return { merged, last: Object.fromEntries(ends), more: shard !== undefined };
};

const comesBefore = (one: RecipientPosition, other: RecipientPosition): boolean =>
  (compareTexts(one.status, other.status) || compareTexts(one.recipient, other.recipient)) < 0;
