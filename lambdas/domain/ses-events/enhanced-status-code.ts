import type { FactDetails } from '../status/fact.ts';

/**
 * Why an email was not delivered, by the enhanced status code of RFC 3463 and SES's own subtypes. It decides what to do
 * next: ask for another address, wait, or put the sender's side right.
 */
export type FailureReason =
  /** The address, or its domain, does not exist or does not accept mail (RFC 3463 section 3.2; X.1.10 is RFC 7505). */
  | 'wrong_address'
  /** The address the email was sent from is refused. */
  | 'sender_address'
  /** The recipient's mailbox is full. */
  | 'mailbox_full'
  /** The mailbox is disabled, or it or its domain has another owner now. */
  | 'mailbox_or_domain'
  /** The sender or the content is refused: SPF, DKIM, DMARC, reputation, a block list, a policy. */
  | 'sender_refused'
  /** The message is too large, or has a format or content that the server does not accept. */
  | 'message_fault'
  /** The recipient's server, the network or the protocol between the servers failed (X.3, X.4, X.5). */
  | 'recipient_server'
  /** Neither a code nor a subtype gives a reason. */
  | 'unspecified';

/**
 * The most specific enhanced status code of a failure, such as `5.1.1`; `undefined` where there is none. It is the
 * recipient's `status`. Where that is absent, X.0.0 or X.3.0, which SES also reports for refusals that have a code of
 * their own, it is the first code in `diagnostic` that is neither, and otherwise the `status` after all.
 */
export const enhancedStatusCode = ({
  status,
  diagnostic,
}: Pick<FactDetails, 'status' | 'diagnostic'>): string | undefined => {
  const [reported] = codesIn(status);
  if (reported !== undefined && !UNSPECIFIC.test(reported)) return reported;
  const inText = codesIn(diagnostic);
  return inText.find((code) => !UNSPECIFIC.test(code)) ?? reported ?? inText[0];
};

/**
 * Why an email was not delivered. A specific SES subtype precedes the code, since SES evaluates the whole report.
 *
 * @param details of a bounce, or of a delivery delay
 */
export const failureReason = (
  details: Pick<FactDetails, 'subtype' | 'delay' | 'status' | 'diagnostic'>,
): FailureReason => {
  const bySes = SES_WORDS.get(details.subtype) ?? SES_WORDS.get(details.delay);
  if (bySes !== undefined) return bySes;
  const code = enhancedStatusCode(details);
  return CODES.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? 'unspecified';
};

/**
 * SES Developer Guide, notification-contents (bounce types) and event-publishing-retrieving-sns-contents (delay types).
 * Not `NoEmail`: by one page the address does not exist, by the other the report names no address.
 */
const SES_WORDS: ReadonlyMap<string | undefined, FailureReason> = new Map([
  ['MailboxFull', 'mailbox_full'],
  ['MessageTooLarge', 'message_fault'],
  ['ContentRejected', 'message_fault'],
  ['AttachmentRejected', 'message_fault'],
  ['SpamDetected', 'sender_refused'],
  ['IPFailure', 'sender_refused'],
]);

/**
 * The first pattern that matches decides. The digit for the class says whether a failure lasts and nothing about its
 * reason. Sources: RFC 3463 section 3, and for what is registered since: RFC 5248 (X.7.13), RFC 6531 (X.6.7 to X.6.10),
 * RFC 7293 (X.7.17, X.7.18), RFC 7372 (X.7.20 to X.7.26), RFC 7505 (X.1.10, X.7.27).
 */
const CODES: readonly (readonly [RegExp, FailureReason])[] = [
  [/^[45]\.1\.[78]$/, 'sender_address'],
  [/^[45]\.1\.\d+$/, 'wrong_address'],
  [/^[45]\.2\.1$/, 'mailbox_or_domain'],
  [/^[45]\.2\.2$/, 'mailbox_full'],
  [/^[45]\.2\.3$/, 'message_fault'],
  [/^[45]\.3\.4$/, 'message_fault'],
  [/^[45]\.6\.\d+$/, 'message_fault'],
  [/^[45]\.7\.1[378]$/, 'mailbox_or_domain'],
  [/^[45]\.7\.\d+$/, 'sender_refused'],
  // A mailing list that cannot be expanded (X.2.4) is a fault of the server that holds it.
  [/^[45]\.(2\.4|3\.[1-9]\d*|4\.\d+|5\.\d+)$/, 'recipient_server'],
];

const UNSPECIFIC = /^[45]\.(0|3)\.0$/;

/**
 * The codes of failures in a text. Neither a part of an IP address nor of a program's version with more digits: RFC
 * 3463 has subjects from 0 to 7, and details of up to three digits without leading zeros.
 */
const codesIn = (text: string | undefined): readonly string[] => text?.match(CODE) ?? [];

const CODE = /(?<![\w.])[45]\.[0-7]\.(?:0|[1-9]\d{0,2})(?!\w|\.\d)/g;
