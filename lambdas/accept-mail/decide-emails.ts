import { MESSAGE_ITSELF } from '../domain/attribution.ts';
import { emailId } from '../domain/digest.ts';
import { type Refusal, refusalOf } from '../domain/gate.ts';
import type { Mailing } from '../domain/mailing.ts';
import type { SuppressionItem } from '../domain/suppression.ts';
import { typedAddress } from '../domain/typed-address.ts';
import { checkAddress } from '../sending/address.ts';
import type { Renderer } from '../sending/render.ts';
import type { Values } from '../sending/template.ts';
import type { Candidate } from '../store/accept-emails.ts';
import type { AcceptedEmail } from '../store/accepted-email.ts';

/** A recipient as the caller gave them. */
export type GivenRecipient = Readonly<{ email: string; values?: Values | undefined; skip?: string | undefined }>;

/** What decides about the recipients of a call. */
export type Deciding = Readonly<{
  mailing: Mailing;
  campaignId?: string | undefined;
  callId: string;
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

/**
 * The emails of a call, decided about in their order. An address is taken by the first email to it that may be sent as far
 * as the caller is concerned: one that is skipped, or whose address is none, leaves it to the next.
 */
export const decideEmails = (recipients: readonly GivenRecipient[], deciding: Deciding): readonly Candidate[] => {
  const { mailing, callId } = deciding;
  const taken = new Set<string>();
  return recipients.map((given, index) => {
    const recipient = filedUnder(given.email);
    const sendTo = typedAddress(given.email)?.spelling ?? given.email.trim();
    const checked = checkAddress(sendTo);
    const badAddress = 'wrong' in checked ? checked.wrong : undefined;
    const takes = mailing.preventDuplicates && badAddress === undefined && given.skip === undefined;
    const own = emailId(mailing.salt, mailing.mailingId, callId, index);
    const email = (messageId: string, isDuplicate: boolean) =>
      emailOf(given, { ...deciding, messageId, recipient, sendTo, index, badAddress, isDuplicate });
    if (!takes) return { email: email(own, false) };
    if (taken.has(recipient)) return { email: email(own, true) };
    taken.add(recipient);
    return { email: email(emailId(mailing.salt, mailing.mailingId, recipient), false), duplicate: email(own, true) };
  });
};

type One = Deciding &
  Readonly<{
    messageId: string;
    recipient: string;
    sendTo: string;
    index: number;
    badAddress: string | undefined;
    isDuplicate: boolean;
  }>;

const emailOf = ({ values = {}, skip }: GivenRecipient, one: One): AcceptedEmail => {
  const { mailing, campaignId, callId, acceptedAt: now, renderer, messageId, recipient, index } = one;
  const { badAddress, isDuplicate, sendTo } = one;
  const suppression = one.suppressionOf(recipient);
  const refusal =
    refusalOf({ badAddress, skip, isDuplicate, suppression, mailing, now }) ?? unrenderable(renderer, values);
  const subject = [...renderer.subject(values)].slice(0, LONGEST_SUBJECT).join('');
  return {
    ...{ messageId, recipient, status: refusal?.status ?? 'queued', createdAt: now, sendTo, campaignId },
    ...{ reason: refusal?.reason, subject, acceptedAs: `${callId}#${index}` },
    ...(refusal === undefined && { values }),
  };
};

/** A value that is missing is missing at once: nothing later brings it. */
const unrenderable = (
  renderer: Renderer,
  values: Values,
): (Omit<Refusal, 'status'> & { status: 'failed_rendering' }) | undefined => {
  const missing = renderer.missing(values);
  return missing === undefined ? undefined : { status: 'failed_rendering', reason: missing };
};

/** As recording keeps it: it is for recognising an email. */
const LONGEST_SUBJECT = 500;
