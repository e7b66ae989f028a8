import { sesId } from './chance.ts';

/**
 * The bodies of Bounce, Complaint and Delivery events, with the fields as recorded from SES. `at` and `arrival` are in
 * milliseconds since 1970; `uuid` makes the feedback id.
 */
export type Feedback = Readonly<{ at: number; arrival?: number; uuid: string; addresses: readonly string[] }>;

/** Addresses that do not exist. One event lists all of an email's. */
export const hardBounce = ({ at, uuid, addresses }: Feedback, diagnosticOf: (address: string) => string) => ({
  feedbackId: sesId(at, uuid),
  bounceType: 'Permanent',
  bounceSubType: 'General',
  bouncedRecipients: addresses.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: diagnosticOf(emailAddress),
  })),
  timestamp: isoTime(at),
  remoteMtaIp: REMOTE_MTA_IP,
  reportingMTA: `dns; ${REPORTING_MTA}`,
});

export const USER_UNKNOWN = 'smtp; 550 5.1.1 user unknown';

/** An automatic reply: a bounce with none of the fields of a delivery status notification. */
export const autoReply = ({ at, uuid, addresses }: Feedback) => ({
  feedbackId: sesId(at, uuid),
  bounceType: 'Transient',
  bounceSubType: 'General',
  bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  timestamp: isoTime(at),
});

/** Addresses that SES did not attempt, because the account's suppression list has them for a bounce. */
export const suppressedBounce = ({ at, uuid, addresses }: Feedback) => ({
  feedbackId: sesId(at, uuid),
  bounceType: 'Permanent',
  bounceSubType: 'OnAccountSuppressionList',
  bouncedRecipients: addresses.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode:
      'Amazon SES did not send the message to this address because it is on the suppression list for your account. ' +
      'For more information about removing addresses from the suppression list, see the Amazon SES Developer Guide at ' +
      'https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html',
  })),
  timestamp: isoTime(at),
  reportingMTA: 'dns; amazonses.com',
});

/** A mailbox provider's report that a recipient marked the email as spam. */
export const complaint = ({ at, arrival = at, uuid, addresses }: Feedback) => ({
  feedbackId: sesId(arrival, uuid),
  // Published as an explicit null (recorded).
  complaintSubType: null,
  complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  timestamp: isoTime(at),
  userAgent: 'Amazon SES Mailbox Simulator',
  complaintFeedbackType: 'abuse',
  arrivalDate: isoTime(arrival),
});

/** Addresses that SES did not attempt, because the account's suppression list has them for a complaint. */
export const suppressedComplaint = ({ at, uuid, addresses }: Feedback) => ({
  feedbackId: sesId(at, uuid),
  complaintSubType: 'OnAccountSuppressionList',
  complainedRecipients: addresses.map((emailAddress) => ({ emailAddress })),
  timestamp: isoTime(at),
  arrivalDate: isoTime(at),
});

/** One address whose mail server accepted the email. */
export const delivery = (at: number, acceptedAt: number, address: string) => ({
  timestamp: isoTime(at),
  processingTimeMillis: at - acceptedAt,
  recipients: [address],
  smtpResponse: '250 2.6.0 Message received',
  remoteMtaIp: REMOTE_MTA_IP,
  reportingMTA: REPORTING_MTA,
});

/** @param time milliseconds since 1970 */
export const isoTime = (time: number): string => new Date(time).toISOString();

const REPORTING_MTA = 'a8-45.smtp-out.amazonses.com';
// A reserved documentation address (RFC 5737).
const REMOTE_MTA_IP = '192.0.2.50';
