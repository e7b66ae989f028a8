import { describe, expect, it } from 'vitest';
import { readToken } from '../../../lambdas/public-links/token.ts';
import { compose } from '../../../lambdas/sending/email/compose.ts';
import { renderer } from '../../../lambdas/sending/email/render.ts';
import { CONTENT, LINKS, mailing } from '../send-email/sender.ts';

const ADDRESSED = { messageId: 'id-1', campaignId: 'october', sendTo: 'Ann@example.com', values: { name: 'Ann' } };
const composed = (
  content: Partial<typeof CONTENT> = {},
  of: Parameters<typeof mailing>[0] = {},
  addressed: Partial<typeof ADDRESSED> = {},
) => compose(renderer({ ...CONTENT, ...content }), mailing(of), { ...ADDRESSED, ...addressed }, LINKS);
const URL_START = `${LINKS.publicUrl}/u/`;
const tokenIn = (text: string | undefined, path = 'u') =>
  new RegExp(`${LINKS.publicUrl}/${path}/([A-Za-z0-9_.-]+?)(?:\\.gif)?["> ]`).exec(`${text} `)?.[1] ?? '';

describe('an email for SES', () => {
  it('has one recipient, and tags by which its events are attributed', () => {
    expect(composed()).toMatchObject({
      ...{ from: '"Office" <office@club.example>', to: 'Ann@example.com', replyTo: [] },
      subject: 'Your statement, Ann',
      tags: [
        { name: 'mailtrail-id', value: 'id-1' },
        { name: 'campaign', value: 'october' },
        { name: 'category', value: 'statement' },
      ],
    });
  });

  it('has no tag for a missing campaign or category', () => {
    const { tags } = composed({}, { category: undefined } as never, { campaignId: undefined } as never);

    expect(tags).toEqual([{ name: 'mailtrail-id', value: 'id-1' }]);
  });

  it('escapes values in its HTML, and only there', () => {
    const { subject, html, text } = composed({}, {}, { values: { name: '<b>"A" & B</b>' } });

    expect(html).toBe('<p>Hello &lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</p>');
    expect([subject, text]).toEqual(['Your statement, <b>"A" & B</b>', 'Hello <b>"A" & B</b>']);
  });

  it.each([
    'Ann\r\nBcc: eve@example.com',
    'Ann\nBcc: eve@example.com',
    'Ann\u2028Bcc: eve@example.com',
    'Ann\u0085Bcc: eve@example.com',
  ])('has a subject of one line, whatever a value contains: %j', (name) => {
    expect(composed({}, {}, { values: { name } }).subject).toBe('Your statement, Ann Bcc: eve@example.com');
  });

  it('has names that are not ASCII as encoded words, and domains in punycode', () => {
    const { from, to, replyTo } = composed(
      {},
      { from: 'Büro <office@bücher.example>', replyTo: ['office@club.example', '"A, B" <b@club.example>'] },
      { sendTo: 'ann@bücher.example' },
    );

    expect([from, to]).toEqual(['=?UTF-8?B?QsO8cm8=?= <office@xn--bcher-kva.example>', 'ann@xn--bcher-kva.example']);
    expect(replyTo).toEqual(['office@club.example', '"A, B" <b@club.example>']);
  });

  it('gives mail programs a button to leave by, where it may be left', () => {
    const { headers } = composed();
    const [list, post, ...others] = headers;

    expect([list?.name, post, others]).toEqual([
      'List-Unsubscribe',
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
      [],
    ]);
    expect(list?.value).toMatch(new RegExp(`^<${URL_START}[A-Za-z0-9_.-]+>$`));
    expect(readToken(LINKS.secret, 'unsubscribe', tokenIn(list?.value))).toEqual({
      ...{ messageId: 'id-1', recipient: 'Ann@example.com', category: 'statement' },
    });
    expect(composed({}, { unsubscribable: false }).headers).toEqual([]);
  });

  it('has headers that SES accepts, even with the longest address and ids', () => {
    const long = {
      messageId: 'm'.repeat(32),
      sendTo: `${'l'.repeat(64)}@${['d'.repeat(60), 'e'.repeat(60), 'f'.repeat(55)].join('.')}.example`,
    };
    const { headers } = composed({}, { category: 'c'.repeat(64) }, long);

    // API reference, MessageHeader.
    for (const { value } of headers) expect(value.length).toBeLessThanOrEqual(995);
  });

  it('contains the unsubscribe link unchanged, excluded from SES’s click tracking', () => {
    const { html, text } = composed({
      html: `<A class="x>y" href="{{unsubscribeUrl}}">Leave</A> <a href='{{unsubscribeUrl}}'>or here</a> <a href="https://club.example/">home</a>`,
      text: 'Leave: {{unsubscribeUrl}}',
    });
    const url = URL_START + tokenIn(text);

    expect(text).toBe(`Leave: ${url}`);
    expect(html).toBe(
      `<A ses:no-track class="x>y" href="${url}">Leave</A> <a ses:no-track href='${url}'>or here</a> <a href="https://club.example/">home</a>`,
    );
  });

  it.each(['<a ', '<a "', `<a '"`])('is composed quickly from 256 KB of %j', (part) => {
    const html = part.repeat(Math.floor(262_000 / part.length));
    const begun = performance.now();

    expect(composed({ html }).html).toHaveLength(html.length);
    // Generous for slow machines: quadratic time would take minutes.
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it.each([
    ['before the end of its body', '<html><BODY>Hi</BODY></html>', /^<html><BODY>Hi<img [^>]+><\/BODY><\/html>$/],
    [
      'of the last body, where it quotes one',
      '<p>&lt;/body></body>x</body>',
      /^<p>&lt;\/body><\/body>x<img [^>]+><\/body>$/,
    ],
    [
      'before its end, whatever becomes longer in lower case',
      '<body>İİİİ</body></html>',
      /^<body>İ{4}<img [^>]+><\/body><\/html>$/,
    ],
    ['at the end, where it has none', '<p>Hi', /^<p>Hi<img [^>]+>$/],
  ])('has the read pixel, %s', (_, given, expected) => {
    const { html } = composed({ html: given }, { trackReads: true });

    expect(html).toMatch(expected);
    expect(readToken(LINKS.secret, 'open', tokenIn(html, 'r'))).toMatchObject({ messageId: 'id-1' });
    expect(composed({ html: given }).html).toBe(given);
  });

  it('has no pixel if it is only text', () => {
    expect(composed({ html: undefined } as never, { trackReads: true })).not.toHaveProperty('html');
  });
});
