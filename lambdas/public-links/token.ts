import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token of a public link: what the link is about, signed. Whoever holds an email holds its links, so a token lets its
 * bearer act on that one email and nothing else, and nobody can make one without the stack's secret. It names the address,
 * so a link goes on working after the email's row expired or was erased, and it does not expire: people find old mail.
 *
 *     base64url(["message id","address","category"]).base64url(HMAC-SHA256)
 */
export type TokenKind = 'unsubscribe' | 'open' | 'read';

/** The one email a token is about. */
export type Claims = Readonly<{
  messageId: string;
  /** The address as it was sent to. */
  recipient: string;
  /** The category of mail it belongs to; absent where it has none. */
  category?: string | undefined;
}>;

/** The signed text for a link of this kind. A token of one kind is none of another: the kind is signed with it. */
export const makeToken = (
  secret: string,
  { kind, messageId, recipient, category }: Claims & Readonly<{ kind: TokenKind }>,
): string => {
  const claims = [messageId, recipient, ...(category === undefined ? [] : [category])];
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signatureOf(secret, kind, payload)}`;
};

/** What a token of this kind claims; `undefined` for every text that `makeToken` did not give with this secret. */
export const readToken = (secret: string, kind: TokenKind, text: string): Claims | undefined => {
  const [payload, signature, ...more] = text.length > LONGEST ? [] : text.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  // Texts are signed and compared, not the bytes they stand for: base64 writes the same bytes in several ways.
  if (!isSame(signature, signatureOf(secret, kind, payload))) return undefined;
  return claimsOf(Buffer.from(payload, 'base64url').toString());
};

/** An address of 320 bytes, two ids of 64 characters and a signature make some 670 characters. */
const LONGEST = 1_000;

const signatureOf = (secret: string, kind: TokenKind, payload: string): string =>
  createHmac('sha256', secret).update(`${kind}\n${payload}`).digest('base64url');

/** In constant time, so that how long a refusal takes tells nothing of the right signature. */
const isSame = (given: string, right: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** What is signed is ours, but may be of another version. */
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
