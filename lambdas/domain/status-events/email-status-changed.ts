import { type Group, isRankOfSes, STATUSES, type Status } from '../status/statuses.ts';
import { digestOf } from '../values/digest.ts';

/** What of an email's row is told. */
export type PublishedEmail = Readonly<{
  messageId: string;
  recipient: string;
  status?: Status;
  rank?: number;
  reason?: string;
  statusAt?: string;
  createdAt?: string;
  campaignId?: string;
  category?: string;
  tags?: Readonly<Record<string, readonly string[]>>;
}>;

/** That the status of one email to one recipient changed; fields as the API names them, times ISO 8601. */
export type EmailStatusChanged = Readonly<{
  /** The same whenever the same change is told. */
  id: string;
  messageId: string;
  recipient: string;
  /** null where it had none. */
  previousStatus: Status | null;
  status: Status;
  group: Group;
  final: boolean;
  /** Why Mailtrail itself gave the status; null where SES did, whose words the API has. */
  reason: string | null;
  statusAt: string | null;
  createdAt: string | null;
  campaignId: string | null;
  category: string | null;
  tags: Readonly<Record<string, readonly string[]>>;
}>;

/**
 * What a row's two images tell; nothing where the status stayed. A row that is gone (it expired, or a person was erased)
 * tells nothing either: no email fared differently, and whoever was erased is not to be named once more.
 *
 * The id is made of what changed and not of where in the stream it stood, so that the same change, replayed into a table
 * that had lost it, is known again. No two changes of a row are the same: from rank 100 on a status never comes back, and
 * below it each state has its own time.
 */
export const emailStatusChanged = (
  before: PublishedEmail | undefined,
  after: PublishedEmail | undefined,
): EmailStatusChanged | undefined => {
  const status = after?.status;
  const previousStatus = before?.status ?? null;
  if (after === undefined || status === undefined || status === previousStatus) return undefined;
  const { messageId, recipient } = after;
  const { group, final } = STATUSES[status];
  const statusAt = after.statusAt ?? null;
  const reason = after.rank !== undefined && !isRankOfSes(after.rank) ? (after.reason ?? null) : null;
  return {
    id: digestOf('EmailStatusChanged', messageId, recipient, previousStatus, status, statusAt),
    ...{ messageId, recipient, previousStatus, status, group, final, reason, statusAt },
    createdAt: after.createdAt ?? null,
    campaignId: after.campaignId ?? null,
    category: after.category ?? null,
    tags: after.tags ?? {},
  };
};
