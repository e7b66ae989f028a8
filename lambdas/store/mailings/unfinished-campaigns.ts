import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { CHECK_AFTER } from '../../domain/mailing/recovery.ts';
import { optional } from '../../domain/values/json.ts';
import { later } from '../../domain/values/time.ts';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';
import { type Condition, conditionalDelete, conditionalUpdate } from '../dynamodb/update-item.ts';
import type { UnsentPosition } from '../emails/unsent-of-campaign.ts';
import { partKey, UNFINISHED } from './mailing-row.ts';

/** A campaign that may still have something to send or to write down. Times are ISO 8601. */
export type UnfinishedCampaign = Readonly<{
  campaignId: string;
  /** When it is checked: CHECK_AFTER after the last step that was taken of it, or the last check. */
  checkAt: string;
  /** How far a check that ran out of time came in the campaign's emails. */
  after?: UnsentPosition | undefined;
  /** Whether the last check found nothing to be done. */
  idle?: boolean | undefined;
  /** How many checks in a row queued something again. */
  requeues?: number | undefined;
}>;

/**
 * The list of campaigns that are not finished: one small item for each, under one key, so that those are found without a
 * scan. A campaign is on it from the transaction that begins it, and again from each step that is taken of it, until two
 * checks in a row found nothing to be done.
 */
export type UnfinishedCampaigns = Readonly<{
  /** A step of a campaign is being taken: it is on the list, and is not checked soon. */
  add: (mailing: Pick<Mailing, 'mailingId' | 'deleteAfter'>, at: string) => Promise<void>;
  /** Pages of those to be checked at `now`. */
  due: (now: string) => AsyncGenerator<readonly UnfinishedCampaign[]>;
  /** What a check came to, if no step was taken of it meanwhile; whether that was so. */
  checked: (campaign: UnfinishedCampaign, next: Omit<UnfinishedCampaign, 'campaignId'>) => Promise<boolean>;
  /** It is finished, if no step was taken of it meanwhile; whether that was so. */
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

/** What an item holds only from a check to the next one, where it is something. */
const OF_CHECKS = ['after', 'idle', 'requeues'] as const;

/** The item of a campaign that begins, for the transaction that begins it. */
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

/** A position that can't be read is none: the check begins anew. */
const readPosition = (value: unknown): UnsentPosition | undefined => {
  if (!isRow(value) || typeof value.place !== 'number') return undefined;
  const { recipient, messageId } = optional(isRow(value.key) ? value.key : {}, 'string', ['recipient', 'messageId']);
  return { place: value.place, ...(recipient && messageId ? { key: { recipient, messageId } } : {}) };
};
