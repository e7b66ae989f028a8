import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DAY, later } from '../domain/time.ts';
import { readDays } from './read-days.ts';

/** How many days back the newest email is looked for. */
export const NEWEST_WITHIN = 7;

/** Milliseconds by which SES's clock may be ahead of ours. */
const AHEAD = 5 * 60_000;

/** Milliseconds until whoever asks after the store's health is told that it does not answer. */
const PATIENCE = 4_000;

/**
 * When SES accepted the newest email that is known (ISO 8601); `undefined` where none of the last 7 days is. One round of
 * eight queries while there are emails today, five rounds of them when there is none in a week.
 * @throws whatever the SDK throws, and an AbortError after 4 seconds.
 */
export const readNewest = async (
  client: DynamoDBDocumentClient,
  table: string,
  now: string,
): Promise<string | undefined> => {
  const [from, to] = [later(now, -NEWEST_WITHIN * DAY), later(now, AHEAD)];
  const emails = readDays(client, table, { from, to, abortSignal: AbortSignal.timeout(PATIENCE) });
  const { value } = await emails.next();
  return value?.createdAt;
};
