import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnsubscribeLink } from '../../../lambdas/domain/ses-events/unsubscribe-link.ts';
import { beginsLikeToken, tokenIn } from '../../../lambdas/domain/values/link-token.ts';
import { makeToken } from '../../../lambdas/public-links/token.ts';

const TOKEN = makeToken('a secret', { kind: 'unsubscribe', messageId: 'm1', recipient: 'ann@example.com' });
const aToken = fc
  .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/))
  .map(([recipient, messageId]) => makeToken('a secret', { kind: 'unsubscribe', messageId, recipient }));

/** What mail programs, people and escapings leave behind a link. */
const TAILS = [
  ...[
    '.',
    ',',
    ';',
    ':',
    '!',
    '?',
    '...',
    '?!',
    ')',
    ').',
    ']',
    '}',
    '>',
    '"',
    "'",
    '”',
    '’',
    '»',
    '*',
    '**',
    '_',
    '__',
    '`',
  ],
  ...[
    '/',
    '//',
    '/.',
    '%3E',
    '%3e',
    '%22%3E',
    '%29',
    '%2E',
    '&gt;',
    '&gt',
    '&quot;',
    '&#39;',
    '&amp;utm_source=x',
    '%0D%0A',
  ],
  ...[
    '=',
    '=\r\n',
    '=0A',
    '=3D',
    '&utm_source=x',
    ';jsessionid=1',
    '#top',
    ' and more',
    '\u00a0',
    '\u200b',
    '<br>',
    '</a>',
    '|',
  ],
  ...['.gif', '.gif.', '.gif)', '.gif/', '.gif%3E', '%2Egif', '\\', '~', '@', '+'],
];

describe('the token in a link', () => {
  it.each(TAILS)('is what is before %j', (tail) => {
    expect(tokenIn(TOKEN + tail)).toBe(TOKEN);
    expect(tokenIn(TOKEN + tail + tail)).toBe(TOKEN);
  });

  it('is itself, and is found whichever of those tails follow each other', () => {
    fc.assert(
      fc.property(
        aToken,
        fc.array(fc.constantFrom(...TAILS.filter((tail) => !/\w/.test(tail[0] ?? ''))), { maxLength: 4 }),
        (token, tails) => {
          // Two of them together may read as `.gif` or as a percent-encoding of a letter: those are tried alone above.
          fc.pre(!/\.\w|%[2-7][0-9a-f]/i.test(tails.join('')));
          expect(tokenIn(token + tails.join(''))).toBe(token);
        },
      ),
    );
  });

  it.each(['=\r\n', '=\n', '\r\n', '\n', '=', '=\r\n '])('is whole where %j broke its line anywhere', (broken) => {
    for (const [place] of [...TOKEN].entries()) {
      const text = `${TOKEN.slice(0, place)}${place === 0 ? '' : broken}${TOKEN.slice(place)}`;
      expect([place, tokenIn(text)]).toEqual([place, TOKEN]);
    }
  });

  it('is read where its characters are percent-encoded, in upper or lower case', () => {
    const encoded = (text: string) => [...text].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');

    for (const text of [
      encoded(TOKEN),
      encoded(TOKEN).toUpperCase(),
      TOKEN.replace('.', '%2E'),
      TOKEN.replace('.', '%2e'),
    ]) {
      expect(tokenIn(text)).toBe(TOKEN);
    }
  });

  it.each([
    '',
    '.',
    'x',
    'unsubscribe',
    TOKEN.slice(0, -1),
    `${TOKEN.slice(0, -1)}.`,
    `${TOKEN}A`,
    `${TOKEN}-`,
    `(${TOKEN}`,
    `${TOKEN}.${TOKEN}`,
    `${TOKEN}.x`,
  ])('is none in %j', (text) => {
    expect(tokenIn(text)).toBeUndefined();
  });

  it('is looked for in no more time where a text is long', () => {
    const long = ['a'.repeat(100_000), '=\r\n'.repeat(50_000), `${'a='.repeat(50_000)}.`, `a.${'='.repeat(50_000)}`];

    for (const text of long) expect(tokenIn(text)).toBeUndefined();
  });

  it('is none where it is many times as long as ours', () => {
    const token = (length: number) => `${'a'.repeat(length - 44)}.${'b'.repeat(43)}`;

    expect([750, 4_000, 4_001].map((length) => tokenIn(token(length)) === token(length))).toEqual([true, true, false]);
  });

  it('makes a clicked link one of ours, whatever follows it', () => {
    for (const tail of TAILS.filter((one) => !/^[\\\s]/.test(one))) {
      expect([tail, isUnsubscribeLink(`https://mail.club.example/u/${TOKEN}${tail}`)]).toEqual([tail, true]);
    }
    expect(isUnsubscribeLink(`https://mail.club.example/u/${TOKEN.replace('.', '%2E')}`)).toBe(true);
    expect(isUnsubscribeLink('https://club.example/u/membership.')).toBe(false);
    expect(isUnsubscribeLink(`https://club.example/news/u/${TOKEN}`)).toBe(false);
  });
});

describe('a text that begins like a token', () => {
  it.each([TOKEN, TOKEN.slice(0, 40), `${TOKEN.slice(0, 20)}=\r\n${TOKEN.slice(20, 40)}`, TOKEN.replace('.', '%2E')])(
    'has 40 characters of one: %j',
    (text) => {
      expect(beginsLikeToken(text)).toBe(true);
    },
  );

  it.each(['', 'membership', TOKEN.slice(0, 39), `(${TOKEN}`, `a=${' '.repeat(4_000)}${TOKEN}`])(
    'has them at its beginning: not %j',
    (text) => {
      expect(beginsLikeToken(text)).toBe(false);
    },
  );
});
