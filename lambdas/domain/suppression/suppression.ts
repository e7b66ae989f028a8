/**
 * Why no email may be sent to an address. Causes are stored separately, each ends independently, and an address is
 * suppressed while any of them is in force.
 */

/**
 * Strongest first: the first in force is the suppression's reason. First what a recipient or a mail server reported for
 * good, then what ends by itself, the better evidence before the weaker: several emails of ours, one email of ours that
 * bounced at another address, emails of other senders. Then what people decided.
 */
export const CAUSES = [
  'complaint',
  'bounce',
  'repeated_soft_bounce',
  'forwarded_bounce',
  'ses_global_list',
  'manual',
  'unsubscribe',
] as const;

export type CauseName = (typeof CAUSES)[number];

export type CauseSource = 'ses_event' | 'ses_list' | 'api' | 'unsubscribe';

/** A cause in the table: the latest report, by its own time. */
export type CauseRecord = Readonly<{
  at: string;
  source: CauseSource;
  messageId?: string;
  /** When it ends by itself. */
  endsAt?: string;
  /** The complaint named several possible complainers. */
  ambiguous?: true;
  note?: string;
  /** SES reported that the address is on the account's suppression list. */
  onSesList?: true;
}>;

/** The attribute that holds a cause, and the one that holds when it last ended. */
export const ATTRIBUTES = {
  complaint: ['complaint', 'complaintEndedAt'],
  bounce: ['bounce', 'bounceEndedAt'],
  repeated_soft_bounce: ['repeatedSoftBounce', 'repeatedSoftBounceEndedAt'],
  // A hard bounce that names an address which was no destination: the forwarding fails, the mailbox itself may not.
  forwarded_bounce: ['forwardedBounce', 'forwardedBounceEndedAt'],
  // SES's global suppression list: hard bounces of any sender that uses SES.
  ses_global_list: ['sesGlobalList', 'sesGlobalListEndedAt'],
  manual: ['manual', 'manualEndedAt'],
  unsubscribe: ['unsubscribe', 'unsubscribeEndedAt'],
} as const satisfies Record<CauseName, readonly [string, string]>;

/**
 * The attributes that hold when SES last reported that its own list has the address. Separate from the causes: SES may
 * report an entry that was removed here since, which must not replace a bounce or a complaint that was not removed.
 */
export const REPORTED_BY_SES = {
  complaint: 'complaintOnSesList',
  bounce: 'bounceOnSesList',
} as const satisfies Partial<Record<CauseName, string>>;

export type ReportedAttribute = (typeof REPORTED_BY_SES)[keyof typeof REPORTED_BY_SES];

export type CauseAttribute = (typeof ATTRIBUTES)[CauseName][0];

export type EndAttribute = (typeof ATTRIBUTES)[CauseName][1];

/** A row of the Suppressions table. */
export type SuppressionItem = Readonly<
  {
    address: string;
    spellings?: readonly string[];
    history?: readonly string[];
    /** What is known of SES's own list. */
    sesList?: SesListRecord;
    /** What ends here ends on SES's list too. Absent where all had ended before there was a mirror. */
    endsOnSesList?: true;
    /** The recipient's opt-outs from single categories, and subscriptions to them again. */
    categories?: readonly CategoryOptOut[];
  } & Partial<Record<CauseAttribute | ReportedAttribute, CauseRecord>> &
    Partial<Record<EndAttribute, string>>
>;

/** A cause as the API shows it. */
export type Cause = Readonly<{
  cause: CauseName;
  /** Whether it stops transactional mail too. */
  stops: BlockedMail;
  /** The categories of mail it stops; null: all mail, as far as `stops` says. */
  categories: readonly string[] | null;
  source: CauseSource;
  at: string;
  endsAt: string | null;
  messageId: string | null;
  ambiguous: boolean;
  note: string | null;
}>;

/**
 * What of the Suppressions table belongs on SES's account suppression list, and whether it is there. The table is the
 * truth: a cause in force belongs on SES's list, and a cause that ended leaves it.
 */

/** The reasons of SES's list. */
export type SesReason = 'COMPLAINT' | 'BOUNCE';

/** What SES's list should have for an address. */
export type Wanted = SesReason | 'NOTHING';

/** What was found, or made so, on SES's list when it was last brought to what the row says. */
export type SesListRecord = Readonly<{
  /** What the row wanted then. */
  wanted: Wanted;
  /** The reason on SES's list at that time; absent if the address is not on it. */
  reason?: SesReason;
  /** When that was done. */
  at: string;
  /** Since when the list has the address without a break, as far as the mirror saw to it; absent in older rows. */
  listedSince?: string;
  /** The causes for which SES itself had the address on its list before that. */
  listedBefore?: readonly CauseName[];
  /** When the address was last deleted from the list because of a removal. */
  takenOffAt?: string;
  /** The spellings that were deleted. */
  spellings?: readonly string[];
}>;

/**
 * A category of mail that a recipient left, or came back to: the latest of each, by its own time, so the order in which
 * they are told changes nothing. A category is what the message tag `category` says, and a topic of SES's contact list;
 * its name is folded (`foldCategory`).
 */
export type CategoryOptOut = Readonly<{
  category: string;
  left?: CauseRecord;
  endedAt?: string;
  /** When it was last left, by spelling; only where the row has another spelling than the folded one. */
  leftAs?: Readonly<Record<string, string>>;
}>;

/**
 * What mail a cause stops. `bulk`: campaigns, and single messages that are not transactional. `all`: transactional
 * messages too, which a person asked for, such as receipts and new passwords.
 */
export type BlockedMail = 'bulk' | 'all';
