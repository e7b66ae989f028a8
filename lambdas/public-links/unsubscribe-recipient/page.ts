import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Button, isReturn } from './form-choice.ts';
import { LANGUAGE, type PageTexts } from './texts.ts';

/**
 * A plain page: headings, paragraphs and buttons, without scripts, images or other resources. It is readable in order
 * without its styles.
 */
export const page = (status: 200 | 404 | 500, texts: PageTexts): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: HEADERS,
  body: [
    '<!doctype html>',
    `<html lang="${LANGUAGE}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(texts.title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escaped(texts.heading)}</h1>`,
    ...texts.paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    ...(texts.buttons.length > 0 ? [form(texts.buttons)] : []),
    ...(texts.more ? more(texts.more) : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n'),
});

const more = ({ heading, paragraph, buttons }: NonNullable<PageTexts['more']>): readonly string[] => [
  `<h2>${escaped(heading)}</h2>`,
  `<p>${escaped(paragraph)}</p>`,
  ...(buttons.length > 0 ? [form(buttons)] : []),
];

/** Without an action: it posts to the URL of the page, which is the link itself. */
const form = (buttons: PageTexts['buttons']): string =>
  [
    '<form method="post">',
    ...buttons.map(({ choice, label }) => `<p><button ${fieldOf(choice)}>${escaped(label)}</button></p>`),
    '</form>',
  ].join('\n');

const fieldOf = (choice: Button): string =>
  `name="${isReturn(choice) ? 'return' : 'leave'}" value="${choice.replace('return ', '')}"`;

/** A category has only letters and digits today, but a later version may sign other texts. */
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A contrast of 7:1 or more everywhere, lines that fit 320 pixels, buttons of at least 44 pixels (WCAG 2.2). */
const STYLE = [
  ':root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#595959}',
  '@media(prefers-color-scheme:dark){:root{--ink:#f2f2f2;--paper:#161616;--line:#a6a6a6}}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.5 system-ui,sans-serif}',
  'main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem;overflow-wrap:anywhere}',
  'h1{font-size:1.6rem;line-height:1.25}',
  'h2{font-size:1.2rem;margin-top:2rem}',
  'button{box-sizing:border-box;width:100%;min-height:2.75rem;padding:.6rem 1rem;font:inherit;font-weight:600;overflow-wrap:anywhere}',
  'button{color:var(--ink);background:var(--paper);border:2px solid var(--line);border-radius:.4rem;cursor:pointer}',
  'button:hover{text-decoration:underline}',
  'button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}',
].join('');

/** Nothing may be loaded, framed or cached, and no referrer is sent: the link contains an address and grants access. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;
