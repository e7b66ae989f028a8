import type { Mailing } from '../../domain/mailing/mailing.ts';
import { checkBeforeSending } from '../../domain/mailing/send-policy.ts';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import type { Status } from '../../domain/status/statuses.ts';
import type { SuppressionItem } from '../../domain/suppression/suppression.ts';
import { emailId } from '../../domain/values/digest.ts';
import { typedAddress } from '../../domain/values/pasted-address.ts';
import type { Candidate } from '../../store/emails/accept-emails.ts';
import type { AcceptedEmail } from '../../store/emails/accepted-row.ts';
import type { AcceptedEntry } from '../../store/emails/find-accepted.ts';
import { checkAddress } from '../email/recipient-address.ts';
import type { Renderer } from '../email/render.ts';
import type { GivenRecipient } from './read-recipient.ts';

/** The data by which the recipients of a request are decided. */
export type Deciding = Readonly<{
  mailing: Mailing;
  campaignId?: string | undefined;
  requestKey: string;
  acceptedAt: string;
  renderer: Renderer;
  /** The suppression of a folded address. */
  suppressionOf: (recipient: string) => SuppressionItem | undefined;
}>;

/** The `recipient` of an email's row: the folded address if the text is one, else the text, cut to the length of a key. */
export const filedUnder = (email: string): string => {
  const typed = typedAddress(email);
  if (typed !== undefined) return typed.address;
  const text = [...email.trim().toLowerCase()].slice(0, LONGEST_KEY).join('');
  // A key must not be empty, and `*` is the message's own row.
  return text === '' || text === MESSAGE_ITSELF ? `(${text})` : text;
};

/** Characters, of at most six bytes in JSON: a cursor has the keys of eight shards in its 8,192 characters. */
const LONGEST_KEY = 100;

/** An entry with the id of its own, and the id that all emails to its address share if the mailing prevents duplicates. */
export type NamedEntry = AcceptedEntry & Readonly<{ own: string; shared: string | undefined }>;

/** The recipients of a request as entries, in their order. */
export const acceptedEntriesOf = (
  recipients: readonly GivenRecipient[],
  { mailing, requestKey }: Pick<Deciding, 'mailing' | 'requestKey'>,
): readonly NamedEntry[] =>
  recipients.map(({ email }, index) => {
    const recipient = filedUnder(email);
    const own = emailId(mailing.salt, mailing.mailingId, requestKey, index);
    const shared = mailing.preventDuplicates ? emailId(mailing.salt, mailing.mailingId, recipient) : undefined;
    const messageIds = shared === undefined ? [own] : [shared, own];
    return { recipient, own, shared, messageIds, acceptedAs: `${requestKey}#${index}` };
  });

/**
 * The emails of a request, decided in their order. Only an email that will be sent gets the id that all emails to the
 * address share. Any other one gets an id of its own, and leaves the shared id to a later entry, in this request or
 * another.
 * @param kept for each entry, the id of the row that an earlier attempt of this request wrote: that row is not changed
 * @returns a candidate for each entry that has no row yet; `undefined` for the others
 */
export const decideEmails = (
  recipients: readonly GivenRecipient[],
  entries: readonly NamedEntry[],
  deciding: Deciding,
  kept: readonly (string | undefined)[] = [],
): readonly (Candidate | undefined)[] => {
  const taken = new Set(
    entries.filter(({ shared }, index) => shared !== undefined && kept[index] === shared).map(recipientOf),
  );
  return recipients.map((given, index) => {
    const entry = entries[index] as NamedEntry;
    if (kept[index] !== undefined) return undefined;
    const { recipient, own, shared } = entry;
    const email = (messageId: string, isDuplicate: boolean) => emailOf(given, entry, messageId, isDuplicate, deciding);
    const first = email(shared ?? own, shared !== undefined && taken.has(recipient));
    if (shared === undefined) return { email: first };
    if (first.status !== 'queued') return { email: { ...first, messageId: own } };
    taken.add(recipient);
    return { email: first, duplicate: email(own, true) };
  });
};

const recipientOf = ({ recipient }: NamedEntry): string => recipient;

const emailOf = (
  given: GivenRecipient,
  { recipient, acceptedAs }: NamedEntry,
  messageId: string,
  isDuplicate: boolean,
  deciding: Deciding,
): AcceptedEmail => {
  const { campaignId, acceptedAt: createdAt, renderer } = deciding;
  const { email, values = {} } = given;
  const sendTo = sendToOf(email);
  const rejection = whyNot(given, deciding.suppressionOf(recipient), isDuplicate, deciding);
  const subject = [...renderer.shownSubject(values)].slice(0, LONGEST_SUBJECT).join('');
  return {
    ...{ messageId, recipient, status: rejection?.status ?? 'queued', createdAt, sendTo, campaignId },
    ...{ reason: rejection?.reason, subject, acceptedAs },
    ...(rejection === undefined && { values }),
  };
};

/** Why an email is not sent: by its entry, by the send policy, or because it cannot be rendered. */
const whyNot = (
  { email, values = {}, skip, unusable }: GivenRecipient,
  suppression: SuppressionItem | undefined,
  isDuplicate: boolean,
  { mailing, acceptedAt: now, renderer }: Deciding,
): Readonly<{ status: Status; reason?: string }> | undefined => {
  if (unusable !== undefined && unusable.status !== 'failed_rendering') return unusable;
  const checked = checkAddress(sendToOf(email));
  const badAddress = 'wrong' in checked ? checked.wrong : undefined;
  const rejection = checkBeforeSending({ badAddress, skip, isDuplicate, suppression, mailing, now }) ?? unusable;
  if (rejection !== undefined) return rejection;
  const reason = renderer.unrenderable(values);
  return reason === undefined ? undefined : { status: 'failed_rendering', reason };
};

/** The address that SES gets: as it was spelled, without text that was pasted with it. */
const sendToOf = (email: string): string => typedAddress(email)?.spelling ?? email.trim();

/** Characters; the same limit as for recorded subjects. A subject is stored only to recognise an email. */
const LONGEST_SUBJECT = 500;
