import { encodedWords, isPrintable } from './encoded-words.ts';

/**
 * The most bytes of a mailbox in From or Reply-To, display name included, once it is encoded. SES's guide does not name
 * the limit; its error does: "Address length is more than 320 bytes long" (zulip/zulip#17558, mautic/mautic#7732).
 */
export const MOST_MAILBOX = 320;

/**
 * The most bytes of a header's value once it is encoded (SES API reference, MessageHeader: 995 characters). SES documents
 * no separate limit for the subject; with the header's name, a longer one would exceed the 998 characters of a line
 * (RFC 5322 section 2.1.1).
 */
export const MOST_HEADER = 995;

/**
 * The most bytes of an email's subject, html and text once they are rendered. SES accepts 40 MB after base64 encoding
 * (SES guide, quotas); a worker has ten emails in memory at once, each several times.
 */
export const MOST_EMAIL = 1024 * 1024;

/**
 * The length of a mailbox in bytes as SES measures it: without quotes that its display name does not need.
 * @param written as in a header: ASCII
 */
export const mailboxLength = (written: string): number => {
  const [, name] = QUOTED.exec(written) ?? [];
  return Buffer.byteLength(written) - (name !== undefined && !SPECIALS.test(name) ? 2 : 0);
};

const QUOTED = /^"((?:[^"\\]|\\.)*)" </;

/** The characters that must be quoted in a display name (RFC 5322 section 3.2.3). */
const SPECIALS = /[()<>[\]:;@\\,."]/;

/** The bytes of a header's value once it is encoded. */
export const headerLength = (value: string): number => (isPrintable(value) ? value.length : encodedWords(value).length);
