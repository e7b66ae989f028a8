import { compareTexts } from '../values/compare-text.ts';
import { shardOf } from '../values/digest.ts';
import { present } from '../values/json.ts';
import { DAY } from '../values/time.ts';
import { MESSAGE_ITSELF } from './attribution.ts';
import type { Message } from './mail.ts';

/**
 * What describes an email besides its facts. Only what is equal in every event of the email: otherwise the row would
 * depend on which event came first.
 */
export type EmailAttributes = Origin &
  Readonly<{
    subject?: string;
    from?: string;
    envelopeSender?: string;
    campaignId?: string;
    category?: string;
    campaignShard?: string;
    tags?: Readonly<Record<string, readonly string[]>>;
  }>;

/**
 * Which message of SES it was. A sender's own id can refer to several: a request that failed although SES accepted the
 * message is repeated, which creates a second message. The row then describes the first one, in any order of arrival.
 */
export type Origin = Readonly<{
  createdAt?: string;
  sesMessageId?: string;
  /** Keys of two indexes: the day, or the campaign, and which part of it, such as `2026-11-24/3`. */
  dayShard?: string;
  /** Epoch seconds, the unit of DynamoDB's TTL. */
  deleteAfter?: number;
}>;

/**
 * The attributes of a recipient's copy of a message, kept for `retentionDays` from when SES accepted it; if that time
 * cannot be read, from `arrivedAt`, when the event arrived, so that every row expires.
 */
export const emailAttributesOf = (
  message: Message,
  recipient: string,
  { retentionDays, arrivedAt }: Readonly<{ retentionDays: number; arrivedAt: string }>,
): EmailAttributes => {
  const { messageId, sesMessageId, acceptedAt, from, envelopeSender, subject, campaignId, category, tags } = message;
  // Without the keys of the indexes a row has no place in any list of recipients' emails.
  const listed = recipient !== MESSAGE_ITSELF;
  const shard = shardOf(messageId, recipient);
  return present<EmailAttributes>({
    subject,
    from,
    envelopeSender,
    createdAt: listed ? acceptedAt : undefined,
    sesMessageId: sesMessageId === messageId ? undefined : sesMessageId,
    campaignId,
    category,
    tags,
    dayShard: listed && acceptedAt !== undefined ? `${acceptedAt.slice(0, 10)}/${shard}` : undefined,
    campaignShard: listed && campaignId !== undefined ? `${campaignId}/${shard}` : undefined,
    deleteAfter: Math.floor((Date.parse(acceptedAt ?? arrivedAt) + retentionDays * DAY) / 1000),
  });
};

/** Whether one message precedes another with the same id; at the same instant, by SES's ids. */
export const isEarlier = (one: Origin, other: Origin): boolean => {
  const order = compareTexts(one.createdAt ?? UNKNOWN, other.createdAt ?? UNKNOWN);
  return order === 0 ? compareTexts(one.sesMessageId ?? '', other.sesMessageId ?? '') < 0 : order < 0;
};

/** Later than every time. */
const UNKNOWN = '~';

/**
 * Merges the attributes from two events of one email: a bounce without headers has no subject, and must not hide one.
 */
export const mergedAttributes = (one: EmailAttributes, other: EmailAttributes): EmailAttributes =>
  isEarlier(other, one) ? { ...one, ...other } : { ...other, ...one };
