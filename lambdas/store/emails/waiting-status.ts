import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isMailingState, mailingIdOf, type Over, waitingStatus } from '../../domain/mailing/mailing.ts';
import { optional } from '../../domain/values/json.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import type { Row } from '../dynamodb/row.ts';
import { PLAN, partKey } from '../mailings/mailing-row.ts';
import type { EmailStatus } from './email.ts';

/** A mailing's state, as it is shown. */
export type CurrentState = Over & Readonly<{ sendAt?: string }>;

/** Emails as they are shown, in their order: the status of those in the queue reflects their mailing's state. */
export type Overlay = <Email extends EmailStatus | undefined>(emails: readonly Email[]) => Promise<readonly Email[]>;

/** The current states of mailings, by their ids: read consistently. One that is unknown or unreadable is left out. */
export const readCurrentStates = async (
  client: DynamoDBDocumentClient,
  table: string,
  mailingIds: readonly string[],
): Promise<ReadonlyMap<string, CurrentState>> => {
  const keys = mailingIds.map((mailingId) => partKey(mailingId, PLAN));
  const rows = await batchGet(client, table, keys, { consistent: true });
  return new Map(rows.flatMap(readState));
};

// Sending must reject an unreadable plan; a list of emails is shown without it.
const readState = (row: Row): readonly (readonly [string, CurrentState])[] => {
  const { campaignId, state } = row;
  return typeof campaignId === 'string' && isMailingState(state)
    ? [[campaignId, { state, ...optional(row, 'string', ['sendAt', 'expiresAt']) }]]
    : [];
};

/**
 * Applies the states of mailings to emails. Only the mailings of emails in the queue are read, all together, so a page
 * without such emails needs no further request.
 * @param now ISO 8601
 */
export const mailingOverlay =
  (client: DynamoDBDocumentClient, table: string, now: () => string): Overlay =>
  async (emails) => {
    const ids = new Set(emails.flatMap((email) => (email?.status === 'queued' ? [mailingIdOf(email)] : [])));
    if (ids.size === 0) return emails;
    const states = await readCurrentStates(client, table, [...ids]);
    const time = now();
    return emails.map((email) =>
      email?.status === 'queued'
        ? { ...email, status: waitingStatus('queued', states.get(mailingIdOf(email)), time) }
        : email,
    );
  };
