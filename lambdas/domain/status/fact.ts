/**
 * A fact: one thing that happened to one email, as SES or a link of our own told it. Facts are never changed; an email's
 * status, its counts and its history are read from the set of them.
 */

/** What can be told of an email that was sent; `read` by our own pixel alone, all else by SES. */
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
 * What SES said beside kind and time; a field it did not give is absent. Names are the words of the stored line
 * (fact-line.ts) and are read by people in the DynamoDB console.
 */
export type FactDetails = Readonly<{
  /** Bounce: `bounceType`, `bounceSubType`; also how a suppressed fact shows that a Bounce event told it. */
  type?: string;
  subtype?: string;
  action?: string;
  /** What a remote server's clock said (ISO 8601 UTC), where the fact's own time is held within what AWS's clocks allow. */
  said?: string;
  /** The address that a report named, where the email was not sent to it: the fact is the only destination's. */
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
  /** Click: the link; its line keeps it without what may be a secret (clicked-link.ts). */
  link?: string;
  /** Click: the whole link, kept only with the setting `clickedLinks=full`, and then in place of `link`. */
  url?: string;
  /** Open, Click: `yes` when probably a machine did it, by SES or by the user agent. */
  automated?: 'yes';
  /** Click: `yes` when the link is an unsubscribe link. */
  unsubscribe?: 'yes';
  /** Subscription: the topics that changed, joined by commas, or `all`; by a link of ours, the category. */
  topics?: string;
  /** How that was asked for: SES's own words, such as `UnsubscribeHeader`, or a `LinkWay`. */
  via?: string;
}>;

export type Fact = Readonly<{ kind: FactKind; at: string; details: FactDetails }>;
