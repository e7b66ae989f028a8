import { addressParser } from 'postal-mime';
import { badRequest, type Members, objectMember, textsMember } from './rest-json.ts';

/** One address of an email: as written, perhaps with a display name, and the bare address. */
export type Mailbox = Readonly<{ written: string; address: string }>;

export type Destination = Readonly<{ to: readonly Mailbox[]; cc: readonly Mailbox[]; bcc: readonly Mailbox[] }>;

/** The most recipients of one email, over To, Cc and Bcc (SES quotas). */
const MOST_RECIPIENTS = 50;

/**
 * The request's Destination, or `undefined` without one: a Raw email then goes to the recipients in its headers.
 *
 * @throws SesError BadRequestException on an address SES cannot send to
 */
export const readDestination = (request: Members): Destination | undefined => {
  const destination = objectMember(request, 'Destination');
  if (destination === undefined) return undefined;
  return {
    to: textsMember(destination, 'ToAddresses').map(mailbox),
    cc: textsMember(destination, 'CcAddresses').map(mailbox),
    bcc: textsMember(destination, 'BccAddresses').map(mailbox),
  };
};

/** All recipients of an email. @throws SesError BadRequestException for none, or more than 50 */
export const recipientsOf = ({ to, cc, bcc }: Destination): readonly Mailbox[] => {
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0)
    throw badRequest('At least one recipient is needed in ToAddresses, CcAddresses or BccAddresses.');
  if (all.length > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  return all;
};

/** @throws SesError BadRequestException if the text is not exactly one address that SES can send to */
export const mailbox = (written: string): Mailbox => {
  const address = addressParser(written, { flatten: true })[0]?.address ?? '';
  const at = address.lastIndexOf('@');
  if (at === -1) throw badRequest(`Missing final '@domain': '${written}'.`);
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (local === '') throw badRequest(`User name is missing: '${written}'.`);
  if (!ASCII.test(local)) {
    throw badRequest(`Local address contains non-ASCII characters, which need SMTPUTF8: '${written}'.`);
  }
  if (!ASCII.test(domain))
    throw badRequest(`Domain contains non-ASCII characters; write it in Punycode: '${written}'.`);
  if (CONTROL_OR_SPACE.test(local)) throw badRequest(`Local address contains control or whitespace: '${written}'.`);
  if (!DOMAIN.test(domain)) throw badRequest(`Domain contains illegal character: '${written}'.`);
  const measured = withoutNeedlessQuotes(written.trim());
  if (Buffer.byteLength(measured) > LONGEST_MAILBOX) {
    throw badRequest(`Address length is more than ${LONGEST_MAILBOX} bytes long: '${measured}'.`);
  }
  return { written, address };
};

/**
 * Of one address with its display name, in From, Reply-To, To, Cc and Bcc alike (reported: zulip/zulip#17558,
 * mautic/mautic#7732).
 */
const LONGEST_MAILBOX = 320;

/**
 * SES measures an address without unneeded quotes around a name, and an encoded name as it is (probed by
 * floci-io/floci).
 */
const withoutNeedlessQuotes = (written: string): string => {
  const [, name, rest] = /^"((?:[^"\\]|\\.)*)"(\s*<.*)$/s.exec(written) ?? [];
  return name === undefined || /[()<>[\]:;@\\,."]|[^ -~]/.test(name) ? written : `${name}${rest}`;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with control characters.
const ASCII = /^[\x00-\x7f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters.
const CONTROL_OR_SPACE = /[\x00-\x20\x7f]/;
const DOMAIN = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
