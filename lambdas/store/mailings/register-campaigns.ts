import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { isRow, type Row, textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { PLAN, partKey, UNFINISHED } from './mailing-row.ts';

/** The key of the progress of the registration. No campaign can have this id. */
const REGISTERED = ':registered';

/**
 * Adds campaigns that were created by a version without a list of unfinished campaigns (unfinished-campaigns.ts) to that
 * list. A check removes those that are finished. The Mailings table is scanned once, page by page, with the progress
 * stored; after that, a call is one GetItem.
 *
 * @param now when they are to be checked, ISO 8601
 * @returns whether all of them are on the list
 * @throws whatever the SDK throws
 */
export const registerCampaigns =
  (client: DynamoDBDocumentClient, TableName: string) =>
  async (now: string, hasTime: () => boolean): Promise<boolean> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: partKey(UNFINISHED, REGISTERED) }));
    if (Item?.done === true) return true;
    let start = isRow(Item?.after) ? Item.after : undefined;
    do {
      if (!hasTime()) return false;
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName,
          FilterExpression: 'part = :plan AND NOT begins_with(campaignId, :single)',
          ProjectionExpression: 'campaignId, deleteAfter',
          ExpressionAttributeValues: { ':plan': PLAN, ':single': '~' },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const row of Items) await register(client, TableName, row, now);
      start = LastEvaluatedKey;
      const set = start === undefined ? { done: true } : { after: start };
      await conditionalUpdate(client, TableName, partKey(UNFINISHED, REGISTERED), { set });
    } while (start !== undefined);
    return true;
  };

/** A campaign that is on the list already is not changed. */
const register = async (client: DynamoDBDocumentClient, table: string, row: Row, checkAt: string): Promise<void> => {
  const { deleteAfter } = row;
  const setOnce = { checkAt, ...(typeof deleteAfter === 'number' && { deleteAfter }) };
  await conditionalUpdate(client, table, partKey(UNFINISHED, textOf(row, 'campaignId')), { setOnce });
};
