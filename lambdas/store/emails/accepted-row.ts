import type { Mailing } from '../../domain/mailing/mailing.ts';
import { isStatus, isStatusWith, type Status, writtenRank } from '../../domain/status/statuses.ts';
import { shardOf } from '../../domain/values/digest.ts';
import { optional, present } from '../../domain/values/json.ts';
import { isRow, type Row } from '../dynamodb/row.ts';
import { wakeQueued } from './wake-at.ts';

/** What a template needs of a recipient, by the names of its markers. */
export type RecipientValues = Readonly<Record<string, string | number>>;

/** An email as it is accepted: what the EmailStatus table holds of it before SES has heard of it. */
export type AcceptedEmail = Readonly<{
  messageId: string;
  /** Folded. */
  recipient: string;
  /** `queued`, or the final status that was given at once. */
  status: Status;
  reason?: string | undefined;
  /** ISO 8601: the status's time too. */
  createdAt: string;
  /** As the caller spelled it: SES takes it so. */
  sendTo: string;
  /** The call and the place in it that brought the email: who holds an id that two want. */
  acceptedAs: string;
  campaignId?: string | undefined;
  subject: string;
  /** Only where it may still be sent. */
  values?: RecipientValues | undefined;
}>;

/** An email as it was accepted, now or before. */
export type Accepted = Readonly<{ messageId: string; status: Status; reason: string | null }>;

/** How an email was accepted whose row is there. What has come of it since is no part of that. */
export const acceptedBefore = (messageId: string, { status, reason }: Row): Accepted =>
  isStatus(status) && isGivenAtAcceptance(status)
    ? { messageId, status, reason: typeof reason === 'string' ? reason : null }
    : { messageId, status: 'queued', reason: null };

/** Whether an email can have this final status from the start. */
const isGivenAtAcceptance = (status: Status): boolean =>
  isStatusWith(status, { stoppedBy: 'send policy' }) || isStatusWith(status, { stoppedBy: 'template' });

/** The row of an accepted email, with the keys that recording gives a row too: whatever comes later finds its place. */
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

/** What of a row only those need who send it. */
export type ToSend = Readonly<{ sendTo?: string; acceptedAs?: string; values: RecipientValues }>;

/** What a row holds for the sender. Values of another shape than ours are left out: their marker is missing then. */
export const readToSend = (row: Row): ToSend => ({
  ...optional(row, 'string', ['sendTo', 'acceptedAs']),
  values: isRow(row.values) ? (Object.fromEntries(Object.entries(row.values).filter(isValue)) as RecipientValues) : {},
});

const isValue = ([, value]: readonly [string, unknown]): boolean =>
  typeof value === 'string' || typeof value === 'number';
