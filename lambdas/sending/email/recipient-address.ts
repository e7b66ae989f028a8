import { domainToASCII } from 'node:url';
import isEmail from 'validator/lib/isEmail.js';

/** An address that SES accepts, or what is wrong with the text, as a sentence without a full stop. */
export type CheckedAddress = Readonly<{ address: string }> | Readonly<{ wrong: string }>;

/**
 * Checks an address and returns it in the form that SES accepts: spelled as given, with the domain in punycode. SES's
 * limits are in its API reference (Destination): no SMTPUTF8, so the local part is ASCII, and an international domain is in
 * punycode.
 */
export const checkAddress = (text: string): CheckedAddress => {
  const given = text.trim();
  const at = given.lastIndexOf('@');
  const [local, domain] = [given.slice(0, Math.max(at, 0)), given.slice(at + 1)];
  // IDNA ignores some of these, so the email would go to another address than the one given.
  if (local === '' || domain === '' || UNSEEN.test(given)) return { wrong: 'Not an email address' };
  if (!ASCII.test(local)) return { wrong: 'Amazon SES takes only ASCII characters before the @' };
  const address = ASCII.test(domain) ? given : `${local}@${domainToASCII(domain)}`;
  return isEmail.default(address, OPTIONS) ? { address } : { wrong: 'Not an email address' };
};

/** By default a top-level domain and the lengths of RFC 5321 are required, and a display name is not allowed. */
const OPTIONS = { allow_utf8_local_part: false } as const;

/** White space, control characters, and characters of zero width. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const ASCII = /^[\x21-\x7e]+$/;
