import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isMailingState, mailingIdOf, type Over, waitingStatus } from '../../domain/mailing/mailing.ts';
import { optional } from '../../domain/values/json.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import type { Row } from '../dynamodb/row.ts';
import { PLAN, partKey } from '../mailings/mailing-row.ts';
import type { EmailStatus } from './email.ts';

/** Where a mailing stands, for who looks at it. */
export type CurrentState = Over & Readonly<{ sendAt?: string }>;

/** Emails as they are shown: those that wait show where their mailing stands. They keep their places. */
export type Overlay = <Email extends EmailStatus | undefined>(emails: readonly Email[]) => Promise<readonly Email[]>;

/** Where mailings stand now, by their ids: read consistently. One that is unknown, or can't be read, is left out. */
export const readCurrentStates = async (
  client: DynamoDBDocumentClient,
  table: string,
  mailingIds: readonly string[],
): Promise<ReadonlyMap<string, CurrentState>> => {
  const keys = mailingIds.map((mailingId) => partKey(mailingId, PLAN));
  const rows = await batchGet(client, table, keys, { consistent: true });
  return new Map(rows.flatMap(readStanding));
};

// Whoever sends must refuse a plan that can't be read; who shows emails shows them without it.
const readStanding = (row: Row): readonly (readonly [string, CurrentState])[] => {
  const { campaignId, state } = row;
  return typeof campaignId === 'string' && isMailingState(state)
    ? [[campaignId, { state, ...optional(row, 'string', ['sendAt', 'expiresAt']) }]]
    : [];
};

/**
 * Lays mailings over what was read of emails. Only emails in the queue ask for their mailing, all of them together, so a
 * page without any costs nothing more.
 * @param now ISO 8601
 */
export const mailingOverlay =
  (client: DynamoDBDocumentClient, table: string, now: () => string): Overlay =>
  async (emails) => {
    const ids = new Set(emails.flatMap((email) => (email?.status === 'queued' ? [mailingIdOf(email)] : [])));
    if (ids.size === 0) return emails;
    const standings = await readCurrentStates(client, table, [...ids]);
    const time = now();
    return emails.map((email) =>
      email?.status === 'queued'
        ? { ...email, status: waitingStatus('queued', standings.get(mailingIdOf(email)), time) }
        : email,
    );
  };
