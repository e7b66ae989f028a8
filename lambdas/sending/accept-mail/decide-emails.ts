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

/** What decides about the recipients of a call. */
export type Deciding = Readonly<{
  mailing: Mailing;
  campaignId?: string | undefined;
  requestKey: string;
  acceptedAt: string;
  renderer: Renderer;
  /** What is kept of a folded address. */
  suppressionOf: (recipient: string) => SuppressionItem | undefined;
}>;

/** The address that an email is filed under: folded where the text holds one, else the text, as far as a key goes. */
export const filedUnder = (email: string): string => {
  const typed = typedAddress(email);
  if (typed !== undefined) return typed.address;
  const text = [...email.trim().toLowerCase()].slice(0, LONGEST_KEY).join('');
  // A key is not empty, and this one means a message itself.
  return text === '' || text === MESSAGE_ITSELF ? `(${text})` : text;
};

/** Characters, of at most six bytes in JSON: a cursor has the keys of eight shards in its 8,192 characters. */
const LONGEST_KEY = 100;

/** An entry, with the id of its own, and the one that every email to its address wants in a mailing of no duplicates. */
export type NamedEntry = AcceptedEntry & Readonly<{ own: string; shared: string | undefined }>;

/** The recipients of a call as entries, in their order. */
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
 * The emails of a call, decided about in their order. Only an email that will be sent takes its address, under the id that
 * every email to the address wants; any other one has an id of its own, and leaves the address to a later entry, in this
 * call or another.
 * @param kept for each entry, the id of the row that an earlier attempt of this call wrote for it: it is left as it is
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
  const refusal = whyNot(given, deciding.suppressionOf(recipient), isDuplicate, deciding);
  const subject = [...renderer.shownSubject(values)].slice(0, LONGEST_SUBJECT).join('');
  return {
    ...{ messageId, recipient, status: refusal?.status ?? 'queued', createdAt, sendTo, campaignId },
    ...{ reason: refusal?.reason, subject, acceptedAs },
    ...(refusal === undefined && { values }),
  };
};

/** Why an email is not sent, as the gate has it; then for its entry, and for what it would be: nothing later changes those. */
const whyNot = (
  { email, values = {}, skip, unusable }: GivenRecipient,
  suppression: SuppressionItem | undefined,
  isDuplicate: boolean,
  { mailing, acceptedAt: now, renderer }: Deciding,
): Readonly<{ status: Status; reason?: string }> | undefined => {
  if (unusable !== undefined && unusable.status !== 'failed_rendering') return unusable;
  const checked = checkAddress(sendToOf(email));
  const badAddress = 'wrong' in checked ? checked.wrong : undefined;
  const refusal = checkBeforeSending({ badAddress, skip, isDuplicate, suppression, mailing, now }) ?? unusable;
  if (refusal !== undefined) return refusal;
  const reason = renderer.unrenderable(values);
  return reason === undefined ? undefined : { status: 'failed_rendering', reason };
};

/** The address as SES is given it: as it was spelled, without what was pasted with it. */
const sendToOf = (email: string): string => typedAddress(email)?.spelling ?? email.trim();

/** As recording keeps it: it is for recognising an email. */
const LONGEST_SUBJECT = 500;
