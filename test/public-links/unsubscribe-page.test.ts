import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { page } from '../../lambdas/public-links/unsubscribe-recipient/page.ts';
import * as texts from '../../lambdas/public-links/unsubscribe-recipient/texts.ts';
import { coloursOf, contrast } from './contrast.ts';

const EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\'';
const PAGES = [
  ['asking for a category or everything', texts.asking('news')],
  ['asking for everything', texts.asking(undefined)],
  ['asking for an evil category', texts.asking(EVIL)],
  ['done for a category', texts.done('news')],
  ['back for a category', texts.returned('news', 'news')],
  ['back for everything', texts.returned(undefined, 'news')],
  ['back for everything, of no category', texts.returned(undefined, undefined)],
  ['back for an evil category', texts.returned(EVIL, EVIL)],
  ['failed to come back', texts.failed('return category')],
  ['done for everything', texts.done(undefined)],
  ['done for an evil category', texts.done(EVIL)],
  ['of a link that is not ours', texts.unknown],
  ['failed, with what to try again', texts.failed('category')],
  ['failed', texts.failed(undefined)],
] as const;

describe.each(PAGES)('the page %s', (_, given) => {
  const { body = '', headers = {} } = page(200, given);
  const head = body.slice(0, body.indexOf('</head>'));
  const main = body.slice(body.indexOf('<main>'), body.indexOf('</main>'));

  it('declares its language, title and viewport', () => {
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(head).toContain('<meta charset="utf-8">');
    expect(head).toContain('content="width=device-width, initial-scale=1"');
    expect(head).toMatch(/<title>[^<]{5,}<\/title>/);
    expect(head).not.toMatch(/maximum-scale|user-scalable/);
  });

  it('has one main element, one h1, and h2 below it', () => {
    expect(body.match(/<main>/g)).toHaveLength(1);
    expect(main.match(/<h1>/g)).toHaveLength(1);
    expect([...main.matchAll(/<h(\d)>/g)].map(([, level]) => level)).toEqual('more' in given ? ['1', '2'] : ['1']);
  });

  it('has buttons with clear labels, in a form that posts to the link itself', () => {
    const below = ('more' in given && given.more?.buttons) || [];
    expect(body.match(/<form/g) ?? []).toHaveLength([given.buttons, below].filter(({ length }) => length > 0).length);
    for (const [, attributes] of body.matchAll(/<form([^>]*)>/g)) expect(attributes).toBe(' method="post"');
    const labels = [
      ...main.matchAll(/<button name="(?:leave|return)" value="(?:category|everything)">([^<]+)<\/button>/g),
    ];
    expect(labels).toHaveLength(given.buttons.length + below.length);
    expect(new Set(labels.map(([, label]) => label)).size).toBe(labels.length);
  });

  it('loads nothing else: no script, no image, no URL', () => {
    expect(body).not.toMatch(
      /<script|<img|<link|<iframe|<svg|\son\w+=(?!alert)|\bsrc=(?!x )|href=|url\(|@import|https?:/i,
    );
    expect([...body.matchAll(/<(\w+)/g)].map(([, tag]) => tag).filter((tag) => !KNOWN.includes(String(tag)))).toEqual(
      [],
    );
  });

  it('shows no address, for privacy on a shared screen', () => {
    expect(body).not.toContain('@e');
  });

  it('allows no styles but its own', () => {
    const [, style = ''] = body.match(/<style>(.*?)<\/style>/s) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');

    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(body).not.toMatch(/\sstyle=/);
  });

  it('is short', () => {
    expect(Buffer.byteLength(body)).toBeLessThan(3_500);
  });
});

const KNOWN = ['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'h1', 'h2', 'p', 'form', 'button'];

describe('the colours of the page', () => {
  const { body = '' } = page(200, texts.unknown);

  it.each(coloursOf(body))(
    '%s: text at least 7:1, borders of buttons at least 3:1 (WCAG 1.4.6, 1.4.11)',
    (_, colours) => {
      expect(contrast(colours.ink, colours.paper)).toBeGreaterThanOrEqual(7);
      expect(contrast(colours.line, colours.paper)).toBeGreaterThanOrEqual(3);
    },
  );

  it('are two sets, light and dark', () => {
    expect(coloursOf(body)).toHaveLength(2);
  });
});
