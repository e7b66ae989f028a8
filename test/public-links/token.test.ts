import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claims, makeToken, readToken, type TokenKind } from '../../lambdas/public-links/token.ts';

const SECRET = 'x'.repeat(64);
const KINDS: readonly TokenKind[] = ['unsubscribe', 'open', 'read'];
const ANN = { messageId: 'xF3q0yq3vK8sT1mZ', recipient: 'ann@example.com', category: 'news' };

/** The characters of tokens, and some others. */
const SIGNS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ é'];
const aKind = fc.constantFrom(...KINDS);
const anId = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const anAddress = fc
  .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }), fc.domain())
  .map(([local, domain]) => `${local}@${domain}`);
const someClaims: fc.Arbitrary<Claims> = fc.oneof(
  fc.record({ messageId: anId, recipient: anAddress }),
  fc.record({ messageId: anId, recipient: anAddress, category: anId }),
);

/** A valid token with any payload, as another version could create it. */
const signed = (kind: TokenKind, claims: string) => {
  const payload = Buffer.from(claims).toString('base64url');
  return `${payload}.${createHmac('sha256', SECRET).update(`${kind}\n${payload}`).digest('base64url')}`;
};

describe('the token of a public link', () => {
  it('returns its claims, for any address', () => {
    fc.assert(
      fc.property(aKind, someClaims, (kind, claims) => {
        expect(readToken(SECRET, kind, makeToken(SECRET, { kind, ...claims }))).toEqual(claims);
      }),
    );
  });

  it('is the same each time, and has only characters that a path does not change', () => {
    fc.assert(
      fc.property(aKind, someClaims, (kind, claims) => {
        const token = makeToken(SECRET, { kind, ...claims });
        expect(token).toBe(makeToken(SECRET, { kind, ...claims }));
        expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
      }),
    );
  });

  it('fits into a header of SES (870 characters) with the longest possible address', () => {
    const longest = { messageId: 'm'.repeat(64), recipient: `a@${'b'.repeat(318)}`, category: 'c'.repeat(64) };
    const token = makeToken(SECRET, { kind: 'unsubscribe', ...longest });

    expect(token.length).toBeLessThan(750);
    expect(readToken(SECRET, 'unsubscribe', token)).toEqual(longest);
  });

  it('is rejected with any one character changed', () => {
    const token = makeToken(SECRET, { kind: 'unsubscribe', ...ANN });
    // All of them: base64 has characters of which only some bits count, and they are few.
    for (const [place, sign] of [...token].entries()) {
      for (const other of SIGNS.filter((one) => one !== sign)) {
        const altered = `${token.slice(0, place)}${other}${token.slice(place + 1)}`;
        expect([altered, readToken(SECRET, 'unsubscribe', altered)]).toEqual([altered, undefined]);
      }
    }
  });

  it('is rejected when it is cut anywhere, lengthened, or combined from two', () => {
    fc.assert(
      fc.property(aKind, someClaims, someClaims, fc.nat(), (kind, claims, others, at) => {
        const token = makeToken(SECRET, { kind, ...claims });
        const other = makeToken(SECRET, { kind, ...others });
        const place = at % token.length;
        const mixed = `${token.split('.')[0]}.${other.split('.')[1]}`;
        const forms = [
          ...[token.slice(0, place), token.slice(place + 1), `${token.slice(0, place)}A${token.slice(place)}`],
          ...[`${token}A`, `${token}.`, `${token}=`, `.${token}`, `${token}.${token}`, `${token} `],
          ...(mixed === token ? [] : [mixed]),
        ];
        for (const form of forms) expect([form, readToken(SECRET, kind, form)]).toEqual([form, undefined]);
      }),
    );
  });

  it('is rejected as another kind', () => {
    for (const made of KINDS) {
      for (const asked of KINDS) {
        const claims = readToken(SECRET, asked, makeToken(SECRET, { kind: made, ...ANN }));
        expect([made, asked, claims]).toEqual([made, asked, made === asked ? ANN : undefined]);
      }
    }
  });

  it('is rejected with another secret, and without a signature', () => {
    const token = makeToken('another secret', { kind: 'read', ...ANN });
    const payload = token.split('.')[0] ?? '';

    for (const forged of [token, payload, `${payload}.`, '', '.', '..']) {
      expect([forged, readToken(SECRET, 'read', forged)]).toEqual([forged, undefined]);
    }
  });

  it('is rejected if its claims are unknown to this version', () => {
    const claims = [
      '',
      'ann',
      'null',
      '7',
      '{}',
      '[]',
      '["m1"]',
      '["m1",7]',
      '[7,"ann@example.com"]',
      '["m1","a","c","d"]',
    ];
    for (const claimed of [...claims, '["m1","ann@example.com",7]', '["m1","ann@example.com",null]']) {
      expect([claimed, readToken(SECRET, 'open', signed('open', claimed))]).toEqual([claimed, undefined]);
    }
    expect(readToken(SECRET, 'open', signed('open', '["m1","ann@example.com"]'))).toEqual({
      messageId: 'm1',
      recipient: 'ann@example.com',
    });
  });

  it('is rejected unread if it is longer than any valid one', () => {
    const long = makeToken(SECRET, { kind: 'read', ...ANN, recipient: `${'a'.repeat(1_000)}@example.com` });

    expect(readToken(SECRET, 'read', long)).toBeUndefined();
  });
});
