/**
 * A fact: one thing that happened to one email, as reported by SES or by one of Mailtrail's own links. Facts are
 * immutable; an email's status, counts and history are derived from the set of its facts.
 */

/** What can be reported about an email that was sent: `read` by Mailtrail's pixel only, everything else by SES. */
export const FACT_KINDS = [
  'sent',
  'deferred',
  'delivered',
  'bounced_soft',
  'bounced_undetermined',
  'bounced_hard',
  'relayed',
  'suppressed',
  'invalid_address',
  'rejected',
  'failed_rendering',
  'opened',
  'read',
  'clicked',
  'unsubscribed',
  'resubscribed',
  'complained',
  'not_spam',
  'auth_failure_report',
  'virus_report',
] as const;

export type FactKind = (typeof FACT_KINDS)[number];

/**
 * What SES reported besides kind and time; a field that is not in the event is absent. Names are the words of the
 * stored line (fact-line.ts), readable in the DynamoDB console.
 */
export type FactDetails = Readonly<{
  /** Bounce: `bounceType`, `bounceSubType`; also how a suppressed fact shows that a Bounce event reported it. */
  type?: string;
  subtype?: string;
  action?: string;
  /**
   * The time by a remote server's clock (ISO 8601 UTC), if the fact's own time was limited to what AWS's clocks allow.
   */
  said?: string;
  /** The address named in a report, if the email was not sent to it: the fact belongs to the only destination. */
  named?: string;
  /** RFC 3463 enhanced status code, such as 5.1.1. */
  status?: string;
  mta?: string;
  diagnostic?: string;
  /** Complaint: `complaintFeedbackType`, `userAgent`. */
  feedback?: string;
  agent?: string;
  /** DeliveryDelay: `delayType`, `expirationTime` (ISO 8601 UTC). */
  delay?: string;
  expires?: string;
  /** Delivery: `smtpResponse`. */
  response?: string;
  /** Reject: `reason`. Rendering Failure: `errorMessage`. */
  reason?: string;
  template?: string;
  /** Click: the link; its line omits what may be a secret (clicked-link.ts). */
  link?: string;
  /** Click: the whole link, stored only with the setting `clickedLinks=full`, and then in place of `link`. */
  url?: string;
  /** Open, Click: `yes` if it was probably a machine, according to SES or the user agent. */
  automated?: 'yes';
  /** Click: `yes` when the link is an unsubscribe link. */
  unsubscribe?: 'yes';
  /** Subscription: the topics that changed, joined by commas, or `all`; by a link of ours, the category. */
  topics?: string;
  /** How it was requested: SES's source, such as `UnsubscribeHeader`, or a `LinkWay`. */
  via?: string;
}>;

export type Fact = Readonly<{ kind: FactKind; at: string; details: FactDetails }>;
