import { domainToASCII } from 'node:url';
import isEmail from 'validator/lib/isEmail.js';

/** An address that SES can take, or what is wrong with the text, in a sentence without its full stop. */
export type CheckedAddress = Readonly<{ address: string }> | Readonly<{ wrong: string }>;

/**
 * The address as SES takes it: spelled as given, the domain in punycode. SES's limits are in its API reference
 * (Destination): no SMTPUTF8, so the local part is ASCII, and an international domain is in punycode.
 */
export const checkAddress = (text: string): CheckedAddress => {
  const given = text.trim();
  const at = given.lastIndexOf('@');
  const [local, domain] = [given.slice(0, Math.max(at, 0)), given.slice(at + 1)];
  // IDNA passes over some of these, and what is sent to would not be what was written.
  if (local === '' || domain === '' || UNSEEN.test(given)) return { wrong: 'Not an email address' };
  if (!ASCII.test(local)) return { wrong: 'Amazon SES takes only ASCII characters before the @' };
  const address = ASCII.test(domain) ? given : `${local}@${domainToASCII(domain)}`;
  return isEmail.default(address, OPTIONS) ? { address } : { wrong: 'Not an email address' };
};

/** With a top-level domain and the lengths of RFC 5321; no display name, which is what an address must not bring along. */
const OPTIONS = { allow_utf8_local_part: false } as const;

/** White space, control characters, and marks of no width. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const ASCII = /^[\x21-\x7e]+$/;
