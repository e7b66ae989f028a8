import { type Claims, makeToken, type TokenKind } from '../../lambdas/public-links/token.ts';
import { httpRequest } from '../support/http-request.ts';

export const SECRET = 'a secret of the tests, of no use elsewhere';
export const ANN = { messageId: 'statement-ann', recipient: 'Ann@Example.com', category: 'news' } as const;

export const tokenOf = (kind: TokenKind, claims: Claims = ANN) => makeToken(SECRET, { kind, ...claims });

/** A request of a public route, as an HTTP API sends it: forms are in base64. */
export const linkRequest = (
  route: string,
  token: string,
  { form, headers = {} }: Readonly<{ form?: string; headers?: Record<string, string> }> = {},
) =>
  httpRequest(route, {
    path: { token },
    headers: { ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    ...(form !== undefined && { body: Buffer.from(form).toString('base64'), isBase64Encoded: true }),
  });

/** The body of a mail client's POST (RFC 8058). */
export const ONE_CLICK = 'List-Unsubscribe=One-Click';

/** Invalid variants of a token: cut, changed, lengthened, of another kind or secret. */
export const wrongTokens = (token: string): readonly string[] => [
  ...[...token].map((_, place) => token.slice(0, place)).filter((cut) => cut !== ''),
  ...[...token].map((sign, place) => `${token.slice(0, place)}${sign === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`),
  ...[`${token}A`, `A${token}`, `${token}.${token}`, 'x', '.', 'undefined'],
  makeToken('another secret', { kind: 'unsubscribe', ...ANN }),
];
