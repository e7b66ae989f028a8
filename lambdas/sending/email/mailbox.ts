import { narrowed } from '../../domain/values/pasted-address.ts';
import { encodedWords, isPrintable } from './encoded-words.ts';
import { breaksLines } from './header-text.ts';
import { checkAddress } from './recipient-address.ts';

/** Who an email is from, or goes back to. */
export type Mailbox = Readonly<{ name?: string; address: string }>;

/**
 * What `From` and `Reply-To` take: `office@club.example` or `Office <office@club.example>`. A display name may hold
 * commas, parentheses, quotes and dots as a person writes them; it is quoted when it is written into a header. `undefined`
 * where the text is neither form, or where its name could be read as an address or as two of them.
 */
export const readMailbox = (text: string): Mailbox | undefined => {
  if (breaksLines(text)) return undefined;
  const [, quoted, plain, inBrackets] = WITH_NAME.exec(text.replace(UNSEEN_AT_THE_END, '').trim()) ?? [];
  if (plain !== undefined && !isDisplayName(plain)) return undefined;
  // Invisible characters of a name stay: emoji are joined by some of them.
  const checked = checkAddress(narrowed(inBrackets ?? text));
  if ('wrong' in checked) return undefined;
  const name = (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '').trim();
  return { address: checked.address, ...(name !== '' && { name }) };
};

/** A display name, wholly quoted (RFC 5322) or without angle brackets, and an address in angle brackets. */
const WITH_NAME = /^(?:"((?:[^"\\]|\\.)*)"|([^<>]*))\s*<([^<>]+)>$/;

const UNSEEN_AT_THE_END = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/**
 * Whether a name that is not wholly quoted can be quoted on behalf of its writer. Not one that holds an address, since
 * `a@club.example, Office <b@club.example>` is two mailboxes, and not one with a quote that is never closed.
 */
const isDisplayName = (name: string): boolean => !/\S@\S/.test(name) && name.split('"').length % 2 === 1;

/** A mailbox as a header holds it: ASCII, a name that is not as encoded words (RFC 2047), any other one quoted (RFC 5322). */
export const writeMailbox = ({ name, address }: Mailbox): string =>
  name === undefined ? address : `${isPrintable(name) ? quote(name) : encodedWords(name)} <${address}>`;

const quote = (name: string): string => `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
