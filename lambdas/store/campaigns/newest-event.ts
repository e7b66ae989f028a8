import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { later } from '../../domain/values/time.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { NEWEST_EVENT } from './campaign-row.ts';

const Key = { campaignId: NEWEST_EVENT };

/** Milliseconds: an event that is newer by less, by SES's clock, is not written. */
const WORTH_A_WRITE = 10_000;

/** Milliseconds until a health check reports that the store does not answer. */
const PATIENCE = 4_000;

/** Stores the time (ISO 8601) of an event, if it is the newest. */
export type NewestEventKeeper = (at: string) => Promise<void>;

/** Each instance of a function writes at most once for ten seconds of events. The stored time is at most that much older. */
export const newestEventKeeper = (client: DynamoDBDocumentClient, table: string): NewestEventKeeper => {
  let kept: string | undefined;
  return async (at) => {
    if (kept !== undefined && at < later(kept, WORTH_A_WRITE)) return;
    const condition = { expression: 'attribute_not_exists(#at) OR #at < :at' };
    // If the condition fails, another instance has stored a newer one.
    await conditionalUpdate(client, table, Key, { set: { at }, condition });
    kept = at;
  };
};

/**
 * The stored time (ISO 8601) of the newest event; `undefined` if there is none.
 * @throws whatever the SDK throws, and an AbortError after 4 seconds.
 */
export const readNewestEvent = async (client: DynamoDBDocumentClient, table: string): Promise<string | undefined> => {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key }), {
    abortSignal: AbortSignal.timeout(PATIENCE),
  });
  return typeof Item?.at === 'string' ? Item.at : undefined;
};
