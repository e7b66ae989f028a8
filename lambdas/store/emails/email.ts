import type { LastBounce } from '../../domain/ses-events/last-bounce.ts';
import type { Status } from '../../domain/status/statuses.ts';

/** One row of the EmailStatus table: one email to one recipient, as people read it in the DynamoDB console. */
export type EmailStatus = Readonly<{
  messageId: string;
  /** Folded address, or `*` for what belongs to the message and not to one recipient. */
  recipient: string;
  /** Absent until a fact has proposed one (the first may be a machine's open), and on `*`. */
  status?: Status;
  rank?: number;
  statusAt?: string;
  /** Why Mailtrail set this status. Reasons that SES gave are in the events. */
  reason?: string;
  subject?: string;
  /** What the recipient sees as the sender. Rows of version 0.1 hold the envelope sender here. */
  from?: string;
  /** The envelope MAIL FROM address: shown if no event had the `From` header. */
  envelopeSender?: string;
  /**
   * When Mailtrail accepted it for sending, or else SES (mail.timestamp). Absent on `*`, which keeps it out of the
   * indexes.
   */
  createdAt?: string;
  /** Only if Mailtrail accepted it: the request that added it. */
  acceptedAs?: string;
  /** Only if it differs from messageId. */
  sesMessageId?: string;
  campaignId?: string;
  category?: string;
  tags?: Readonly<Record<string, readonly string[]>>;
  spellings?: readonly string[];
  /** The latest bounce's diagnostic, cut at 1,024 bytes. */
  lastBounce?: LastBounce;
  /** Only on the `*` row of an id of SES's: the id under which that email is stored. */
  pointsTo?: string;
  /** A readable line for each fact (domain/status/fact-line.ts), in no order. */
  events: readonly string[];
  /** There were more opens, reads or clicks than are stored: counts are a minimum. */
  moreEngagement?: boolean;
  /** Epoch seconds, DynamoDB TTL. */
  deleteAfter?: number;
}>;
