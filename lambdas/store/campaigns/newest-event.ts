import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { later } from '../../domain/values/time.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { NEWEST_EVENT } from './campaign-row.ts';

const Key = { campaignId: NEWEST_EVENT };

/** Milliseconds of SES's clock: an event that is newer by less than that is not worth a write. */
const WORTH_A_WRITE = 10_000;

/** Milliseconds until whoever asks after the store's health is told that it does not answer. */
const PATIENCE = 4_000;

/** Keeps the time (ISO 8601) of an event, if it is the newest. */
export type NewestEventKeeper = (at: string) => Promise<void>;

/** At most one write for ten seconds of events and instance of a function; what is kept is older by those at most. */
export const newestEventKeeper = (client: DynamoDBDocumentClient, table: string): NewestEventKeeper => {
  let kept: string | undefined;
  return async (at) => {
    if (kept !== undefined && at < later(kept, WORTH_A_WRITE)) return;
    const condition = { expression: 'attribute_not_exists(#at) OR #at < :at' };
    // Where the condition fails another instance has kept a newer one, which is as good.
    await conditionalUpdate(client, table, Key, { set: { at }, condition });
    kept = at;
  };
};

/**
 * The time (ISO 8601) of the newest event that was kept; `undefined` where none was.
 * @throws whatever the SDK throws, and an AbortError after 4 seconds.
 */
export const readNewestEvent = async (client: DynamoDBDocumentClient, table: string): Promise<string | undefined> => {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key }), {
    abortSignal: AbortSignal.timeout(PATIENCE),
  });
  return typeof Item?.at === 'string' ? Item.at : undefined;
};
