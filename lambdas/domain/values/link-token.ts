/**
 * The token at the beginning of a text, the last part of a link's path. Mail programs and people add to a link, and none of
 * what they add is part of a token. Cut off are punctuation, brackets, quotes, a slash, `>` in any escaping (`%3E`, `&gt;`),
 * parameters and `.gif`; taken out are line breaks, with the `=` that quoted-printable puts before them (RFC 2045 section
 * 6.7); percent-encodings are decoded. `undefined` where the text does not begin with a token.
 *
 * A signature has a fixed length, so where a token ends does not depend on what follows. Whether it is one of ours only its
 * signature tells.
 */
export const tokenIn = (text: string): string | undefined => {
  const token = WITH_TOKEN.exec(percentDecoded(text.slice(0, LONGEST)))?.[1];
  return token?.replaceAll(NOT_OF_A_TOKEN, '');
};

/** Whether a text begins with so many characters of a token that it is no short name. */
export const beginsLikeToken = (text: string): boolean => LIKE_A_TOKEN.test(percentDecoded(text.slice(0, LONGEST)));

/** Characters that are looked at: a token of ours has fewer than 750, three each where all of them are percent-encoded. */
const LONGEST = 4_000;

/**
 * base64url, a dot, and the 43 characters of an HMAC-SHA256 in base64url; a line may be broken between any two of them.
 * Then the end, or a character that is in no token. Behind underscores too, Markdown's emphasis. A second dot with more
 * behind it would make three parts of it, unless that is the pixel's `.gif`.
 */
const WITH_TOKEN =
  /^((?:[\w-](?:=\s*|[\r\n]+)?)+\.(?:=\s*|[\r\n]+)?(?:[\w-](?:=\s*|[\r\n]+)?){42}[\w-])_*(?![\w-]|\.(?!gif(?![\w-]))[\w-])/;

/** A signature alone has 43 characters. */
const LIKE_A_TOKEN = /^(?:[\w.-](?:=\s*|[\r\n]+)?){40}/;

const NOT_OF_A_TOKEN = /[^\w.-]/g;

/** Byte by byte: all characters of a token are ASCII, and what is not ASCII is none of them, however it is read. */
const percentDecoded = (text: string): string =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
