import { MESSAGE_ITSELF } from './attribution.ts';
import { shardOf } from './digest.ts';
import type { Message } from './message.ts';
import { present } from './shape.ts';
import { DAY } from './time.ts';

/**
 * What describes an email beside its facts. Only what is equal in every event of the email: otherwise the row would
 * depend on which event came first.
 */
export type Description = Readonly<{
  subject?: string;
  from?: string;
  createdAt?: string;
  sesMessageId?: string;
  campaignId?: string;
  category?: string;
  tags?: Readonly<Record<string, readonly string[]>>;
  /** Keys of two indexes: the day, or the campaign, and which part of it, such as `2026-11-24/3`. */
  dayShard?: string;
  campaignShard?: string;
  /** Epoch seconds: what DynamoDB's TTL takes. */
  deleteAfter?: number;
}>;

/** The description of a recipient's copy of a message, kept for `retentionDays` from when SES accepted it. */
export const describe = (message: Message, recipient: string, retentionDays: number): Description => {
  const { messageId, sesMessageId, acceptedAt, from, subject, campaignId, category, tags } = message;
  // Without the keys of the indexes a row has no place in any list of recipients' emails.
  const listed = recipient !== MESSAGE_ITSELF;
  const shard = shardOf(messageId, recipient);
  return present<Description>({
    subject,
    from,
    createdAt: listed ? acceptedAt : undefined,
    sesMessageId: sesMessageId === messageId ? undefined : sesMessageId,
    campaignId,
    category,
    tags,
    dayShard: listed && acceptedAt !== undefined ? `${acceptedAt.slice(0, 10)}/${shard}` : undefined,
    campaignShard: listed && campaignId !== undefined ? `${campaignId}/${shard}` : undefined,
    deleteAfter:
      acceptedAt === undefined ? undefined : Math.floor((Date.parse(acceptedAt) + retentionDays * DAY) / 1000),
  });
};
