import type { Mailing } from '../../domain/mailing/mailing.ts';
import { isStatus, isStatusWith, type Status, writtenRank } from '../../domain/status/statuses.ts';
import { shardOf } from '../../domain/values/digest.ts';
import { optional, present } from '../../domain/values/json.ts';
import { isRow, type Row } from '../dynamodb/row.ts';
import { wakeQueued } from './wake-at.ts';

/** A recipient's values for a template, by the names of its markers. */
export type RecipientValues = Readonly<Record<string, string | number>>;

/** An accepted email: what the EmailStatus table holds of it before it is sent to SES. */
export type AcceptedEmail = Readonly<{
  messageId: string;
  /** Folded. */
  recipient: string;
  /** `queued`, or the final status that was given at once. */
  status: Status;
  reason?: string | undefined;
  /** ISO 8601. Also the time of the status. */
  createdAt: string;
  /** As the caller spelled it, which is the address that SES gets. */
  sendTo: string;
  /** The request that added the email, and the email's index in it. Identifies the owner of an id that two emails share. */
  acceptedAs: string;
  campaignId?: string | undefined;
  subject: string;
  /** Only if the email may still be sent. */
  values?: RecipientValues | undefined;
}>;

/** An email as it was accepted, now or before. */
export type Accepted = Readonly<{ messageId: string; status: Status; reason: string | null }>;

/** How the email of an existing row was accepted, without what happened to it since. */
export const acceptedBefore = (messageId: string, { status, reason }: Row): Accepted =>
  isStatus(status) && isGivenAtAcceptance(status)
    ? { messageId, status, reason: typeof reason === 'string' ? reason : null }
    : { messageId, status: 'queued', reason: null };

/** Whether an email can have this final status from the start. */
const isGivenAtAcceptance = (status: Status): boolean =>
  isStatusWith(status, { stoppedBy: 'send policy' }) || isStatusWith(status, { stoppedBy: 'template' });

/** The row of an accepted email, with the same index keys that the recording functions write. */
export const acceptedRow = (
  email: AcceptedEmail,
  { from, category, deleteAfter }: Pick<Mailing, 'from' | 'category' | 'deleteAfter'>,
): Row => {
  const { messageId, recipient, status, createdAt, sendTo, campaignId } = email;
  const shard = shardOf(messageId, recipient);
  return present<Record<string, unknown>>({
    ...email,
    rank: writtenRank(status),
    statusAt: createdAt,
    spellings: new Set([sendTo]),
    from,
    category,
    dayShard: `${createdAt.slice(0, 10)}/${shard}`,
    campaignShard: campaignId === undefined ? undefined : `${campaignId}/${shard}`,
    ...(campaignId === undefined && status === 'queued' && wakeQueued(email, createdAt)),
    deleteAfter,
  });
};

/** The attributes of a row that only sending needs. */
export type ToSend = Readonly<{ sendTo?: string; acceptedAs?: string; values: RecipientValues }>;

/** Reads what sending needs from a row. A value that is no string or number is left out, as if it were missing. */
export const readToSend = (row: Row): ToSend => ({
  ...optional(row, 'string', ['sendTo', 'acceptedAs']),
  values: isRow(row.values) ? (Object.fromEntries(Object.entries(row.values).filter(isValue)) as RecipientValues) : {},
});

const isValue = ([, value]: readonly [string, unknown]): boolean =>
  typeof value === 'string' || typeof value === 'number';
