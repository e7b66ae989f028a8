import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Status } from '../../domain/status/statuses.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { outgoingEmails } from './outgoing-emails.ts';

/**
 * Sets a final status on the emails of an ended mailing that were not sent; how many were changed. Emails being sent or
 * already sent stay as they are, and those of an erased person are skipped. Repeating the call completes what an earlier
 * one left.
 */
export type UnsentEnder = (ids: readonly string[], status: Status, at: string) => Promise<number>;

/** Each is a read and a write; the SDK has 50 connections. */
const AT_ONCE = 40;

export const unsentEnder = (client: DynamoDBDocumentClient, table: string): UnsentEnder => {
  const emails = outgoingEmails(client, table);
  return async (ids, status, at) => {
    const ended = await mapConcurrently(AT_ONCE, ids, async (id) => {
      const email = await emails.find(id);
      return email !== undefined && (await emails.refuse(email, { status }, at));
    });
    return ended.filter(Boolean).length;
  };
};
