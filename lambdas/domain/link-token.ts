/**
 * The token in the last part of a link's path, as it was made: mail programs and people add to a link, and none of what
 * they add is part of a token. Cut off are punctuation, brackets, quotes, a slash, `>` in any escaping (`%3E`, `&gt;`),
 * parameters and `.gif`; taken out are soft line breaks of quoted-printable (`=` at the end of a line, RFC 2045 section
 * 6.7) and line breaks; percent-encodings are decoded. `undefined` where the text does not begin with a token.
 *
 * The signature has a fixed length, so where a token ends does not depend on what follows. Whether it is one of ours only
 * its signature tells.
 */
export const tokenIn = (text: string): string | undefined => {
  const [, token] = WITH_TOKEN.exec(percentDecoded(text.slice(0, LONGEST))) ?? [];
  return token?.replaceAll(NOT_OF_A_TOKEN, '');
};

/** Characters that are looked at: a token of ours has fewer than 750, three each where all of them are percent-encoded. */
const LONGEST = 4_000;

/**
 * base64url, a dot, and the 43 characters that an HMAC-SHA256 has in base64url, with what may break a line between any
 * two of them. Then the end, or a character of neither; `_` alone may follow, which is Markdown's emphasis. A second dot
 * with more behind it would be another token's beginning, unless that is the pixel's `.gif`.
 */
const WITH_TOKEN =
  /^((?:[\w-](?:=\s*|[\r\n]+)?)+\.(?:=\s*|[\r\n]+)?(?:[\w-](?:=\s*|[\r\n]+)?){42}[\w-])(?:_*)(?![\w-]|\.(?!gif(?![\w-]))[\w-])/;

const NOT_OF_A_TOKEN = /[^\w.-]/g;

/** Byte by byte: all characters of a token are ASCII, and what can't be decoded is none of them. */
const percentDecoded = (text: string): string =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
