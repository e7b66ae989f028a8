import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAddress } from '../../lambdas/sending/address.ts';
import { breaksLines } from '../../lambdas/sending/header-text.ts';
import { readMailbox, writeMailbox } from '../../lambdas/sending/mailbox.ts';
import { renderer } from '../../lambdas/sending/render.ts';

const NASTY = [
  '\r',
  '\n',
  '\r\n',
  '\u0085',
  '\u2028',
  '\u2029',
  '\0',
  '<',
  '>',
  '&',
  '"',
  "'",
  '{{',
  '}}',
  'ü',
  '嘊',
  '嘍',
  '🦊',
  'a',
  ' ',
];
const nasty = fc.array(fc.constantFrom(...NASTY), { maxLength: 12 }).map((parts) => parts.join(''));

describe('a rendered email', () => {
  const { render, missing, subject } = renderer({
    subject: 'Hi {{name}}!',
    html: '<b title="{{name}}">{{name}}</b>',
    text: '{{name}}, {{other}}',
  });

  it('has its values escaped in html and only there', () => {
    const name = `<script src='x'>&"`;

    expect(render({ name, other: 7 })).toEqual({
      subject: `Hi ${name}!`,
      html: expect.not.stringMatching(/<script|src='|&"/),
      text: `${name}, 7`,
    });
  });

  it('never has a value that changes what its html is, or that puts a line into its subject', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, other) => {
        const mail = render({ name, other });

        expect(mail.html?.replaceAll(/<b title="[^"<>]*">[^<>]*<\/b>/gu, '')).toBe('');
        expect(breaksLines(mail.subject)).toBe(false);
        expect(mail.text).toBe(`${name}, ${other}`);
      }),
    );
  });

  it('names the first value that is missing; what every object has is no value', () => {
    expect([missing({}), missing({ name: 'a' }), missing({ name: '', other: 0 })]).toEqual([
      'name',
      'other',
      undefined,
    ]);
    expect(renderer({ subject: '{{constructor}}{{toString}}', text: 'x' }).missing({})).toBe('constructor');
  });

  it('has one line of subject, whatever came in: what broke it is one space', () => {
    expect(subject({ name: 'Ann\r\nBcc: bo@example.com' })).toBe('Hi Ann Bcc: bo@example.com!');
    expect(subject({ name: 'a\u2028\u0085b' })).toBe('Hi a b!');
  });
});

describe('a mailbox', () => {
  it.each([
    ['office@club.example', 'office@club.example'],
    ['  Office  <office@club.example> ', '"Office" <office@club.example>'],
    ['"Office, the \\"club\\"" <office@club.example>', '"Office, the \\"club\\"" <office@club.example>'],
    ['<office@club.example>', 'office@club.example'],
    ['Büro <büro@club.example>', undefined],
    ['Büro <office@bücher.example>', '=?UTF-8?B?QsO8cm8=?= <office@xn--bcher-kva.example>'],
  ])('%j is written as %j', (text, written) => {
    const mailbox = readMailbox(text);

    expect(mailbox && writeMailbox(mailbox)).toBe(written);
  });

  it('is written in ASCII on one line, in encoded words of at most 75 characters that give the name back', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('ü', '🦊', '嘊', 'a', '"', '\\', '=?'),
          minLength: 1,
          maxLength: 60,
          size: 'max',
        }),
        (name) => {
          const written = writeMailbox({ name, address: 'office@club.example' });
          const words = [...written.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)];

          expect(written).toMatch(/^[\x20-\x7e]*$/);
          for (const [word] of words) expect(word.length).toBeLessThanOrEqual(75);
          const said = words.map(([, text = '']) => Buffer.from(text, 'base64').toString()).join('');
          expect(readMailbox(written)?.address).toBe('office@club.example');
          if (!/^[\x20-\x7e]*$/.test(name)) expect(said).toBe(name);
        },
      ),
    );
  });
});

describe('an address', () => {
  it.each([
    ...['ann@example.com', "o'neil+tag@example.co.uk", 'a@xn--bcher-kva.example', 'success@simulator.amazonses.com'],
    ...['Ann@Example.com', 'a@bücher.example', `${'l'.repeat(64)}@example.com`],
  ])('may be %s', (text) => {
    expect(checkAddress(text)).toHaveProperty('address');
  });

  it.each([
    ...['nobody', '@example.com', 'a@', 'a@localhost', 'a b@example.com', 'a@b@example.com', 'a..b@example.com'],
    ...['Ann <a@example.com>', 'a@example.com, b@example.com', 'ünï@example.com', 'а@example.com', 'a@[127.0.0.1]'],
    ...['"a b"@example.com', '"a\r\nBcc: b"@example.com', 'a@exa\r\nmple.com', 'a\u200b@example.com'],
    ...[
      `${'l'.repeat(65)}@example.com`,
      `a@${'d'.repeat(64)}.com`,
      'a@example.com%0d%0a',
      'a@exam%0dple.com',
      'a@ü%0d%0a.com',
    ],
  ])('is not %j', (text) => {
    expect(checkAddress(text)).toHaveProperty('wrong');
  });

  it('is given with its domain in punycode, and otherwise as it was spelled', () => {
    expect(checkAddress(' Ann@Bücher.Example ')).toEqual({ address: 'Ann@xn--bcher-kva.example' });
  });
});
