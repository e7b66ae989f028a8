import type { CauseName } from './suppression.ts';

/** Why an email to a suppressed address was not sent, by the strongest cause, in words for a club's office. */
export const BLOCKED_REASONS: Readonly<Record<Exclude<CauseName, 'unsubscribe'>, string>> = {
  complaint: 'The recipient reported an earlier email as spam',
  bounce: 'An earlier email to the address bounced',
  repeated_soft_bounce: 'Several earlier emails to the address bounced',
  forwarded_bounce: 'An earlier email bounced at the address that it was forwarded to',
  ses_global_list: "The address bounced lately, also for other senders, and is on Amazon SES's global suppression list",
  manual: 'The address was suppressed by staff',
};

/** The same where the recipient unsubscribed. @param category what they left; `undefined` where that is everything */
export const unsubscribedFrom = (category: string | undefined): string =>
  `Unsubscribed from ${category === undefined ? 'all mailings' : `the category ${category}`}`;
