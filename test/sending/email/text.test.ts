import fc from 'fast-check';
import { addressParser } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { breaksLines } from '../../../lambdas/sending/email/header-text.ts';
import { readMailbox, writeMailbox } from '../../../lambdas/sending/email/mailbox.ts';
import { checkAddress } from '../../../lambdas/sending/email/recipient-address.ts';
import { renderer } from '../../../lambdas/sending/email/render.ts';

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
      html: '<b title="&lt;script src=&#39;x&#39;&gt;&amp;&quot;">&lt;script src=&#39;x&#39;&gt;&amp;&quot;</b>',
      text: `${name}, 7`,
    });
  });

  it('never lets a value change the structure of its html, or add a line to its subject', () => {
    fc.assert(
      fc.property(nasty, nasty, (name, other) => {
        const mail = render({ name, other });

        expect(mail.html?.replaceAll(/<b title="[^"<>]*">[^<>]*<\/b>/gu, '')).toBe('');
        expect(breaksLines(mail.subject)).toBe(false);
        expect(mail.text).toBe(`${name}, ${other}`);
      }),
    );
  });

  it('keeps URLs: only & is escaped in html', () => {
    const mail = renderer({ subject: 'x', html: '<a href="{{link}}">{{link}}</a>', text: '{{link}}' });
    const link = 'https://club.example/pay?member=1042&sig=a/b+c=`;x#(y)';

    expect(mail.render({ link })).toMatchObject({
      html: `<a href="${link.replace('&', '&amp;')}">${link.replace('&', '&amp;')}</a>`,
      text: link,
    });
  });

  it('shows any value in html as it was given', () => {
    const characters = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as Readonly<Record<string, string>>;
    fc.assert(
      fc.property(nasty, (name) => {
        const { html = '' } = renderer({ subject: 'x', html: '{{name}}' }).render({ name });

        expect(html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, entity) => characters[entity] ?? '')).toBe(name);
      }),
    );
  });

  it('names the first missing value; properties of every object are not values', () => {
    expect([missing({}), missing({ name: 'a' }), missing({ name: '', other: 0 })]).toEqual([
      'name',
      'other',
      undefined,
    ]);
    expect(renderer({ subject: '{{constructor}}{{toString}}', text: 'x' }).missing({})).toBe('constructor');
  });

  it('has a subject of one line: line breaks in values become one space', () => {
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
    ['Office (Hillside), Tennis <office@club.example>', '"Office (Hillside), Tennis" <office@club.example>'],
    ['Hillside T.C. <office@club.example>', '"Hillside T.C." <office@club.example>'],
    ['Bo "The Serve" Ball <bo@club.example>', '"Bo \\"The Serve\\" Ball" <bo@club.example>'],
    ['"Ball, Bo" (Hillside) <bo@club.example>', '"\\"Ball, Bo\\" (Hillside)" <bo@club.example>'],
    ['AC\\DC: [live]; now <office@club.example>', '"AC\\\\DC: [live]; now" <office@club.example>'],
    ['Office @ Hillside <office@club.example>', '"Office @ Hillside" <office@club.example>'],
    ["O'Neil <office@club.example>", '"O\'Neil" <office@club.example>'],
    ['Büro (Halle), Köln <office@club.example>', '=?UTF-8?B?QsO8cm8gKEhhbGxlKSwgS8O2bG4=?= <office@club.example>'],
    ['"a@b.example, c" <office@club.example>', '"a@b.example, c" <office@club.example>'],
    ['a@b.example, Office <office@club.example>', undefined],
    ['a@b.example; <office@club.example>', undefined],
    ['Office <a@b.example>, Two <office@club.example>', undefined],
    ['Office <a@b.example> <office@club.example>', undefined],
    ['The 5" Club <office@club.example>', undefined],
    ['Office <office@club.example> (x)', undefined],
    ['Büro <büro@club.example>', undefined],
    ['Büro <office@bücher.example>', '=?UTF-8?B?QsO8cm8=?= <office@xn--bcher-kva.example>'],
  ])('%j is written as %j', (text, written) => {
    const mailbox = readMailbox(text);

    expect(mailbox && writeMailbox(mailbox)).toBe(written);
  });

  it('is written in ASCII on one line, in encoded words of at most 75 characters that decode to the name', () => {
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

const SPECIAL = [...'()<>[]:;@\\,."', "'", ' ', 'a', 'b@c.example', 'ü', '\r', '\n', '\u2028'];

describe('any display name that a person writes', () => {
  it('is rejected, or is one mailbox in a header of one line, with the name as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SPECIAL), { maxLength: 10 }), (parts) => {
        const name = parts.join('');
        const mailbox = readMailbox(`${name} <office@club.example>`);
        if (mailbox === undefined) return;
        const written = writeMailbox(mailbox);
        const read = addressParser(written, { flatten: true });

        expect(written).toMatch(/^[\x20-\x7e]*$/);
        expect(read.map(({ address }) => address)).toEqual(['office@club.example']);
        expect(readMailbox(written)?.address).toBe('office@club.example');
        if (/^[\x20-\x7e]+$/.test(name) && !name.trim().startsWith('"'))
          expect(readMailbox(written)?.name ?? '').toBe(name.trim());
      }),
      { numRuns: 2_000 },
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

  it('has its domain in punycode, and is otherwise as it was spelled', () => {
    expect(checkAddress(' Ann@Bücher.Example ')).toEqual({ address: 'Ann@xn--bcher-kva.example' });
  });
});
