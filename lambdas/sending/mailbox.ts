import { narrowed } from '../domain/typed-address.ts';
import { checkAddress } from './address.ts';
import { breaksLines } from './header-text.ts';

/** Who an email is from, or goes back to. */
export type Mailbox = Readonly<{ name?: string; address: string }>;

/** What `From` and `Reply-To` take: `office@club.example` or `Office <office@club.example>`. `undefined` where it is neither. */
export const readMailbox = (text: string): Mailbox | undefined => {
  if (breaksLines(text)) return undefined;
  const [, quoted, plain, inBrackets] = WITH_NAME.exec(text.replace(UNSEEN_AT_THE_END, '').trim()) ?? [];
  // Invisible characters of a name stay: emoji are joined by some of them.
  const checked = checkAddress(narrowed(inBrackets ?? text));
  if ('wrong' in checked) return undefined;
  const name = (quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '').trim();
  return { address: checked.address, ...(name !== '' && { name }) };
};

/** A display name, quoted or without what RFC 5322 wants quoted, and an address in angle brackets. */
const WITH_NAME = /^(?:"((?:[^"\\]|\\.)*)"|([^"<>()[\]\\,;:@]*))\s*<([^<>]+)>$/;

const UNSEEN_AT_THE_END = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** A mailbox as a header holds it: ASCII, a name that is not as encoded words (RFC 2047). */
export const writeMailbox = ({ name, address }: Mailbox): string =>
  name === undefined ? address : `${PRINTABLE.test(name) ? quote(name) : encodedWords(name)} <${address}>`;

const quote = (name: string): string => `"${name.replaceAll(/["\\]/g, '\\$&')}"`;

/** Encoded words of at most 75 characters, none of which cuts a character in two (RFC 2047 sections 2 and 5). */
const encodedWords = (name: string): string => {
  const words: string[] = [];
  let word = '';
  for (const character of name) {
    if (Buffer.byteLength(word + character) > BYTES_IN_A_WORD) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`).join(' ');
};

/** 75 characters less the 12 around the base64, of which four stand for three bytes. */
const BYTES_IN_A_WORD = 45;

const PRINTABLE = /^[\x20-\x7e]*$/;
