import type { LastBounce } from '../../domain/ses-events/last-bounce.ts';
import type { Status } from '../../domain/status/statuses.ts';

/** One row of the EmailStatus table: one email to one recipient, as people read it in the DynamoDB console. */
export type EmailStatus = Readonly<{
  messageId: string;
  /** Folded address, or `*` for what belongs to the message and to nobody in particular. */
  recipient: string;
  /** Absent while no fact has proposed one (a machine's open came first) and on `*`. */
  status?: Status;
  rank?: number;
  statusAt?: string;
  /** Why, in the words of who gave the status; SES's own words are in the events. */
  reason?: string;
  subject?: string;
  /** What the recipient sees as the sender. Rows of version 0.1 hold the envelope sender here. */
  from?: string;
  /** The envelope MAIL FROM address: shown where no event had the `From` header. */
  envelopeSender?: string;
  /** When Mailtrail accepted it to be sent, else SES (mail.timestamp); absent on `*`, which keeps it out of the indexes. */
  createdAt?: string;
  /** Only where Mailtrail accepted it: the request that brought it. */
  acceptedAs?: string;
  /** Only where it differs from messageId. */
  sesMessageId?: string;
  campaignId?: string;
  category?: string;
  tags?: Readonly<Record<string, readonly string[]>>;
  spellings?: readonly string[];
  /** The latest bounce's diagnostic, whole up to 1,024 bytes. */
  lastBounce?: LastBounce;
  /** Only on `*` of an id of SES's: the id under which that email is kept. */
  pointsTo?: string;
  /** One readable line a fact (domain/fact-line.ts), in no order. */
  events: readonly string[];
  /** More opens, reads or clicks came than are kept: counts are a floor. */
  moreEngagement?: boolean;
  /** Epoch seconds, DynamoDB TTL. */
  deleteAfter?: number;
}>;
