import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token of a public link: its claims, signed. Anyone who has an email has its links, so a token grants access to that
 * one email only, and cannot be created without the stack's secret. It contains the address, so that a link works after the
 * email's row expired or was erased. It does not expire, because people find old mail.
 *
 *     base64url(["message id","address","category"]).base64url(HMAC-SHA256)
 */
export type TokenKind = 'unsubscribe' | 'open' | 'read';

/** The email that a token is for. */
export type Claims = Readonly<{
  messageId: string;
  /** The address to which the email was sent. */
  recipient: string;
  /** The email's category, if it has one. */
  category?: string | undefined;
}>;

/**
 * Creates the token for a link of this kind. The kind is signed too, so that a token of one kind is not valid for
 * another.
 */
export const makeToken = (
  secret: string,
  { kind, messageId, recipient, category }: Claims & Readonly<{ kind: TokenKind }>,
): string => {
  const claims = [messageId, recipient, ...(category === undefined ? [] : [category])];
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signatureOf(secret, kind, payload)}`;
};

/** Reads the claims of a token of this kind; `undefined` for every text that `makeToken` did not create with this secret. */
export const readToken = (secret: string, kind: TokenKind, text: string): Claims | undefined => {
  const [payload, signature, ...more] = text.length > LONGEST ? [] : text.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  // The encoded texts are signed and compared, not the decoded bytes: base64 has several texts for the same bytes.
  if (!isSame(signature, signatureOf(secret, kind, payload))) return undefined;
  return claimsOf(Buffer.from(payload, 'base64url').toString());
};

/** Characters. An address of 320 bytes, two ids of 64 characters and a signature have about 670. */
const LONGEST = 1_000;

const signatureOf = (secret: string, kind: TokenKind, payload: string): string =>
  createHmac('sha256', secret).update(`${kind}\n${payload}`).digest('base64url');

/** Compares in constant time, so that the duration reveals nothing about the valid signature. */
const isSame = (given: string, right: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** A signed payload is from Mailtrail, but may be from another version. */
const claimsOf = (payload: string): Claims | undefined => {
  const [messageId, recipient, category, ...more] = listOf(payload);
  if (typeof messageId !== 'string' || typeof recipient !== 'string' || more.length > 0) return undefined;
  if (category === undefined) return { messageId, recipient };
  return typeof category === 'string' ? { messageId, recipient, category } : undefined;
};

const listOf = (payload: string): readonly unknown[] => {
  try {
    const claims: unknown = JSON.parse(payload);
    return Array.isArray(claims) ? claims : [];
  } catch {
    return [];
  }
};
