import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { CHECK_AFTER } from '../../domain/mailing/recovery.ts';
import { optional } from '../../domain/values/json.ts';
import { later } from '../../domain/values/time.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';
import { type Condition, conditionalDelete, conditionalUpdate } from '../dynamodb/update-item.ts';
import type { UnsentPosition } from '../emails/unsent-of-campaign.ts';
import { partKey, UNFINISHED } from './mailing-row.ts';

/** A campaign that may still have emails to send or to end. Times are ISO 8601. */
export type UnfinishedCampaign = Readonly<{
  campaignId: string;
  /** When it is checked: CHECK_AFTER after its last step, or after the last check. */
  checkAt: string;
  /** Where in the campaign's emails a check ran out of time. */
  after?: UnsentPosition | undefined;
  /** Whether the last check found nothing to do. */
  idle?: boolean | undefined;
  /** How many checks in a row queued something again. */
  requeues?: number | undefined;
}>;

/**
 * The list of unfinished campaigns: a small item for each, under one key, so that they are found without a scan. A
 * campaign is added in the transaction that creates it and again with each of its steps, and removed when two checks in a
 * row found nothing to do.
 */
export type UnfinishedCampaigns = Readonly<{
  /** Adds a campaign whose step begins, and postpones its check. */
  add: (mailing: Pick<Mailing, 'mailingId' | 'deleteAfter'>, at: string) => Promise<void>;
  /** Pages of the campaigns that are due for a check at `now`. */
  due: (now: string) => AsyncGenerator<readonly UnfinishedCampaign[]>;
  /** Stores the result of a check, unless a step began meanwhile; whether it was stored. */
  checked: (campaign: UnfinishedCampaign, next: Omit<UnfinishedCampaign, 'campaignId'>) => Promise<boolean>;
  /** Removes a finished campaign, unless a step began meanwhile; whether it was removed. */
  remove: (campaign: UnfinishedCampaign) => Promise<boolean>;
}>;

/** The list in the Mailings table. Throws what the SDK throws. */
export const unfinishedCampaigns = (client: DynamoDBDocumentClient, table: string): UnfinishedCampaigns => ({
  add: async ({ mailingId, deleteAfter }, at) => {
    const set = { checkAt: later(at, CHECK_AFTER), deleteAfter };
    await conditionalUpdate(client, table, partKey(UNFINISHED, mailingId), { set, remove: OF_CHECKS });
  },
  due: (now) => duePages(client, table, now),
  checked: async (campaign, { checkAt, ...of }) => {
    const known = await conditionalUpdate(client, table, keyOf(campaign), {
      set: { checkAt, ...Object.fromEntries(OF_CHECKS.filter((name) => of[name]).map((name) => [name, of[name]])) },
      remove: OF_CHECKS.filter((name) => !of[name]),
      condition: unchanged(campaign),
    });
    return known === undefined;
  },
  remove: (campaign) => conditionalDelete(client, table, keyOf(campaign), unchanged(campaign)),
});

/** Attributes of an item that each check sets or removes. */
const OF_CHECKS = ['after', 'idle', 'requeues'] as const;

/** The item of a new campaign, for the transaction that creates it. */
export const unfinishedItem = ({ mailingId, createdAt, deleteAfter }: Mailing): Row => ({
  ...partKey(UNFINISHED, mailingId),
  checkAt: later(createdAt, CHECK_AFTER),
  deleteAfter,
});

const keyOf = ({ campaignId }: UnfinishedCampaign) => partKey(UNFINISHED, campaignId);

const unchanged = ({ checkAt }: UnfinishedCampaign): Condition => ({
  expression: '#checkAt = :known',
  values: { known: checkAt },
});

async function* duePages(
  client: DynamoDBDocumentClient,
  table: string,
  now: string,
): AsyncGenerator<readonly UnfinishedCampaign[]> {
  let start: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'campaignId = :list',
        FilterExpression: 'checkAt <= :now',
        ExpressionAttributeValues: { ':list': UNFINISHED, ':now': now },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield Items.map(readCampaign);
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

const readCampaign = (row: Row): UnfinishedCampaign => ({
  campaignId: textOf(row, 'part'),
  checkAt: textOf(row, 'checkAt'),
  after: readPosition(row.after),
  idle: row.idle === true,
  ...optional(row, 'number', ['requeues']),
});

/** An unreadable position is ignored: the check starts from the beginning. */
const readPosition = (value: unknown): UnsentPosition | undefined => {
  if (!isRow(value) || typeof value.place !== 'number') return undefined;
  const { recipient, messageId } = optional(isRow(value.key) ? value.key : {}, 'string', ['recipient', 'messageId']);
  return { place: value.place, ...(recipient && messageId ? { key: { recipient, messageId } } : {}) };
};
