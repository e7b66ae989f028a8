import { narrowed } from '../../domain/values/pasted-address.ts';
import { encodedWords, isPrintable } from './encoded-words.ts';
import { breaksLines } from './header-text.ts';
import { checkAddress } from './recipient-address.ts';

/** The sender of an email, or the target of replies. */
export type Mailbox = Readonly<{ name?: string; address: string }>;

/**
 * Reads a `From` or `Reply-To`: `office@club.example` or `Office <office@club.example>`. A display name may hold unquoted
 * commas, parentheses, quotes and dots; it is quoted when it is written into a header. `undefined` if the text has neither
 * form, or if its name could be read as one or more addresses.
 */
export const readMailbox = (text: string): Mailbox | undefined => {
  if (breaksLines(text)) return undefined;
  const [, quoted, plain, inBrackets] = WITH_NAME.exec(text.replace(UNSEEN_AT_THE_END, '').trim()) ?? [];
  if (plain !== undefined && !isDisplayName(plain)) return undefined;
  // Invisible characters in a name stay, because some join emoji.
  const checked = checkAddress(narrowed(inBrackets ?? text));
  if ('wrong' in checked) return undefined;
  const name = (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '').trim();
  return { address: checked.address, ...(name !== '' && { name }) };
};

/** A display name, completely quoted (RFC 5322) or without angle brackets, and an address in angle brackets. */
const WITH_NAME = /^(?:"((?:[^"\\]|\\.)*)"|([^<>]*))\s*<([^<>]+)>$/;

const UNSEEN_AT_THE_END = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * Whether a name that is not completely quoted can be quoted as a whole. Not one that contains an address, since
 * `a@club.example, Office <b@club.example>` is two mailboxes, and not one with an unclosed quote.
 */
const isDisplayName = (name: string): boolean => !/\S@\S/.test(name) && name.split('"').length % 2 === 1;

/**
 * A mailbox for a header, in ASCII: a name in other characters is in encoded words (RFC 2047), any other is quoted (RFC
 * 5322).
 */
export const writeMailbox = ({ name, address }: Mailbox): string =>
  name === undefined ? address : `${isPrintable(name) ? quote(name) : encodedWords(name)} <${address}>`;

const quote = (name: string): string => `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
