import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Status } from '../../domain/status/statuses.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { outgoingEmails } from './outgoing-emails.ts';

/**
 * Writes down how a mailing ended on those of its emails that were not sent by then; how many it was written on. What is
 * being sent, or was, stands, and what is gone (a person was erased) is passed over. To repeat it is to complete it.
 */
export type UnsentEnder = (ids: readonly string[], status: Status, at: string) => Promise<number>;

/** Each takes a read and a write; the SDK has 50 connections. */
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
