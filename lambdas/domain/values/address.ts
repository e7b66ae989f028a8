import { domainToASCII } from 'node:url';

/** The longest path SMTP has room for is 256 octets (RFC 5321 section 4.5.3.1.3); 320 is 64 + @ + 255 (section 4.5.3.1). */
const LONGEST = 320;

/**
 * The address as it was spelled, without display name, angle brackets and surrounding space: SES's suppression calls
 * need the exact spelling. `undefined` where the text holds no address.
 */
export const bareAddress = (text: string): string | undefined => {
  const spelling = withinBrackets(text.trim()).trim();
  const at = spelling.lastIndexOf('@');
  const local = spelling.slice(0, Math.max(at, 0));
  const domain = spelling.slice(at + 1);
  if (domain === '' || Buffer.byteLength(spelling) > LONGEST) return undefined;
  if (NOT_IN_A_DOMAIN.test(domain) || !LOCAL_PART.test(local)) return undefined;
  return spelling;
};

/**
 * The address by which mail is compared and filed: bare, wholly lower-cased, the domain in punycode. Plus tags and dots
 * stay: to many mail systems they are different mailboxes. `undefined` where the text holds no address.
 */
export const foldAddress = (text: string): string | undefined => {
  const spelling = bareAddress(text)?.toLowerCase();
  if (spelling === undefined || ASCII.test(spelling)) return spelling;
  const at = spelling.lastIndexOf('@');
  const domain = spelling.slice(at + 1);
  // A domain that IDNA has no form for stays as it is: its mail is still that address's mail.
  return bareAddress(`${spelling.slice(0, at)}@${domainToASCII(domain) || domain}`);
};

/** SES's mailbox simulator: its addresses behave, but nobody reads them, so they are never suppressed by an event. */
export const isSimulator = (folded: string): boolean => folded.endsWith('@simulator.amazonses.com');

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with control characters.
const ASCII = /^[\x00-\x7f]*$/;
// `/`, `?`, `#` and `%` would end or change the host when IDNA reads it as one.
const NOT_IN_A_DOMAIN = /[\s@<>(),;:"\\/?#%\p{Cc}]/u;
// A quoted local part may hold anything but a bare quote; an unquoted one no space, quote, bracket or second @.
const LOCAL_PART = /^(?:"(?:[^"\\]|\\.)*"|[^\s@<>(),;:"\\\p{Cc}]+)$/u;

const withinBrackets = (text: string): string => {
  const open = text.lastIndexOf('<');
  return open !== -1 && text.endsWith('>') ? text.slice(open + 1, -1) : text;
};
