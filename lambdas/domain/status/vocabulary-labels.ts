import type { Status, StatusInTransit } from './statuses.ts';

/** The vocabularies that a front end can request; the first, Mailtrail's own, is the default. */
export const VOCABULARIES = ['mailtrail', 'clubspot', 'clinicsense', 'creatio', 'commusoft', 'tipimail'] as const;

export type Vocabulary = (typeof VOCABULARIES)[number];

/** A vocabulary's own word for a status; `null` if it has none and Mailtrail's is shown. */
type Own = string | null;

/** A label for each of some vocabularies, in their order; one that is missing does not compile. */
type LabelsIn<Names extends readonly string[]> = {
  readonly [Column in keyof Names]: Names[Column] extends 'mailtrail' ? string : Own;
};

/** A status in every vocabulary. */
export type LabelRow = LabelsIn<typeof VOCABULARIES>;

/** Every status; one that is missing does not compile. */
export type Labels = Readonly<Record<Status, LabelRow>>;

// One row a line, so that it reads as the table it is.
// biome-ignore format: rows.
export const LABELS: Labels = {
  // mailtrail, clubspot, clinicsense, creatio, commusoft, tipimail
  planned: ['Planned', null, null, 'Planned', null, 'Scheduled'],
  pending_approval: ['Pending approval', null, null, null, null, 'Pending moderation'],
  approved: ['Approved', null, null, null, null, 'Accepted'],
  queued: ['Queued', null, 'Sending', null, null, 'Pending'],
  throttled: ['Throttled', null, 'Sending', null, null, 'Deferred'],
  depleted: ['Quota used up', null, 'Sending', null, null, 'Depleted'],
  sending: ['Sending', null, 'Sending', null, null, 'Pending'],
  sent: ['Sent', null, 'Processed', 'Sent to provider', 'Sent', 'Treated'],
  deferred: ['Deferred', 'Bounced (Soft Bounce)', 'Deferred', 'Sent to provider', null, 'Softbounce'],
  bounced_soft: ['Soft bounce', 'Bounced (Soft Bounce)', 'Failed', 'Soft Bounce', 'Bounced', 'Softbounce'],
  bounced_undetermined: ['Bounced, reason unknown', 'Bounced', 'Failed', 'Unknown response', 'Bounced', 'Bounce'],
  delivered: ['Delivered', 'Delivered', 'Delivered', 'Delivered', 'Delivered', 'Delivered'],
  opened: ['Opened', 'Opened', 'Open', 'Opened', 'Opened', 'Opened'],
  read: ['Read', 'Opened', 'Open', 'Opened', 'Opened', 'Read'],
  clicked: ['Clicked', 'Clicked', 'Clicked', 'Clicked', 'Clicked', 'Clicked'],
  unsubscribed: ['Unsubscribed', null, null, 'Unsubscribed', null, 'Unsubscribed'],
  skipped: ['Skipped', 'Skipped', null, null, null, null],
  canceled_duplicate: ['Canceled, duplicate', null, null, 'Canceled (duplicated email)', null, null],
  canceled_unsubscribed: ['Canceled, unsubscribed', 'Suppressed', 'Failed', 'Canceled (unsubscribed by email type)', 'Dropped', 'Filtered'],
  canceled: ['Canceled', null, null, null, null, null],
  quarantined: ['Quarantined', null, null, null, null, 'Quarantine'],
  expired: ['Expired', null, null, 'Stopped (time to send expired)', null, null],
  invalid_address: ['Invalid address', null, 'Failed', 'Invalid email address', 'Dropped', 'Error'],
  suppressed: ['Suppressed', 'Suppressed', 'Failed', null, 'Dropped', 'Filtered'],
  rejected: ['Rejected', null, 'Failed', 'Delivery error', 'Dropped', 'Rejected'],
  failed_rendering: ['Failed, template error', null, 'Failed', 'Delivery error', 'Dropped', 'Error'],
  failed_sending: ['Failed', null, 'Failed', 'Delivery error', null, 'Error'],
  bounced_hard: ['Hard bounce', 'Bounced (Hard Bounce)', 'Failed', 'Hard Bounce', 'Bounced', 'Hardbounce'],
  complained: ['Complaint', 'Complaint', 'Spam report', null, 'Spam Report', 'Complaint'],
};

/** How Creatio shows an email without a further event in time. */
export const OVERDUE_LABELS: Readonly<{ [V in Vocabulary]?: Readonly<Record<StatusInTransit, string>> }> = {
  creatio: { sent: 'Unknown response', deferred: 'Soft Bounce' },
};
