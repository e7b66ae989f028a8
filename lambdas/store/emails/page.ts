import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import type { EmailStatus } from './email.ts';
import { type EmailKey, readEmailsByKey } from './get-emails.ts';
import type { Overlay } from './waiting-status.ts';

/** The parameters that every list of emails has. */
export type PageQuery = Readonly<{
  /** The most emails to return. */
  limit: number;
  /** A filter on the rows that were read. Without one, no more rows are read than are returned. */
  keep?: ((email: EmailStatus) => boolean) | undefined;
}>;

/** A page of emails; `last` is the key where it ended, `undefined` at the end of the list. */
export type Page<Key> = Readonly<{ emails: readonly EmailStatus[]; last: Key | undefined }>;

/** The table of emails, and the overlay that is applied to its rows before they are filtered and returned. */
export type EmailSource = Readonly<{ table: string; overlay: Overlay }>;

/** With a filter, one page must not read the whole list. */
export const MOST_EXAMINED = 500;

/**
 * Reads the rows of a list's keys with one BatchGetItem, more only if a filter or a deleted row leaves the page short, and
 * one for the mailings of emails in the queue.
 */
export const readPage = async <Key extends EmailKey>(
  client: DynamoDBDocumentClient,
  { table, overlay }: EmailSource,
  keys: AsyncGenerator<Key, void>,
  { limit, keep }: PageQuery,
): Promise<Page<Key>> => {
  const emails: EmailStatus[] = [];
  // One key is read ahead, to find out whether there are more.
  let [ahead, examined] = [await keys.next(), 0];
  let last: Key | undefined;
  while (!ahead.done && examined < MOST_EXAMINED) {
    const wanted = Math.min(examined === 0 ? limit : MOST_KEYS_AT_ONCE, MOST_EXAMINED - examined);
    const block: Key[] = [];
    while (!ahead.done && block.length < wanted) {
      block.push(ahead.value);
      ahead = await keys.next();
    }
    const rows = await overlay(await readEmailsByKey(client, table, block));
    for (const [index, key] of block.entries()) {
      last = key;
      const email = rows[index];
      if (email === undefined || keep?.(email) === false) continue;
      emails.push(email);
      if (emails.length === limit) return { emails, last: ahead.done && key === block.at(-1) ? undefined : last };
    }
    examined += block.length;
  }
  return { emails, last: ahead.done ? undefined : last };
};
