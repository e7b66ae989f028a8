import { bareAddress, foldAddress } from './address.ts';

/** An address that a person gave: how mail to it is filed, and as it was spelled. */
export type TypedAddress = Readonly<{ address: string; spelling: string }>;

/**
 * The one address in what a person typed or pasted, without what they cannot see or did not mean: invisible characters,
 * full-width forms, a display name, `mailto:`. `undefined` where the text holds no address, or several.
 *
 * Only for what people write. What SES reports is read by `foldAddress` itself: there each character counts.
 */
export const typedAddress = (text: string): TypedAddress | undefined => {
  const one = withoutName(narrowed(text).trim());
  const spelling = one === undefined ? undefined : bareAddress(withoutScheme(one.trim()));
  const address = spelling === undefined ? undefined : foldAddress(spelling);
  return address === undefined || spelling === undefined ? undefined : { address, spelling };
};

/**
 * A text without invisible characters (of zero width, directional marks, soft hyphens, byte order marks, spaces that do
 * not break) and with full-width forms as ASCII.
 */
export const narrowed = (text: string): string =>
  text
    .replaceAll(INVISIBLE, '')
    .replaceAll(WIDE, (sign) => sign.normalize('NFKC'))
    .replaceAll(IDEOGRAPHIC_STOP, '.');

/** Unicode's ignorable and format characters (UAX #44), and every space but the plain one. A line break is no space here. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?! )\p{Zs}/gu;

/** Full-width forms of ASCII, and small ones such as U+FE6B: compatibility characters of one ASCII character each. */
const WIDE = /[\uff01-\uff5e\ufe50\ufe52\ufe54-\ufe57\ufe59-\ufe5c\ufe5f-\ufe66\ufe68-\ufe6b]/g;

/** What IDNA takes for a dot beside `.` and its full-width form (UTS #46 section 2.3); input methods write it for `.`. */
const IDEOGRAPHIC_STOP = /[\u3002\uff61]/g;

/** What is in the angle brackets at the end; the text itself where there are none. Two addresses are not one. */
const withoutName = (text: string): string | undefined => {
  const [, name, inBrackets] = NAMED.exec(text) ?? [];
  if (inBrackets === undefined) return text.endsWith('>') ? undefined : text;
  const isList = name?.includes('@') === true && /[,;]|@.*@/s.test(name);
  return isList ? undefined : inBrackets;
};

/** A display name and an address in angle brackets; a quoted name may hold anything, one that is not is kept apart. */
const NAMED = /^(?:"(?:[^"\\]|\\.)*"|([^<>]*?))\s*<([^<>]+)>$/s;

/** `mailto:` and what it has behind the address (RFC 6068); a colon is in no address that is not quoted. */
const withoutScheme = (text: string): string => {
  const [, address] = /^mailto:([^?]*)/i.exec(text) ?? [];
  if (address === undefined) return text;
  try {
    return decodeURIComponent(address);
  } catch {
    return text;
  }
};
