import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/public-links/unsubscribe-recipient/handler.ts';
import type { LinkChoice } from '../../lambdas/public-links/unsubscribe-recipient/unsubscribe.ts';
import { hasBrowser, startBrowser } from '../support/browser.ts';
import { silent } from '../support/silent.ts';
import { linkRequest, SECRET, tokenOf } from './links.ts';

/** The folder for screenshots of the page. */
const PICTURES = process.env.MAILTRAIL_TEST_PICTURES;
const LONG = 'a-category-that-has-as-many-letters-as-there-may-be-in-a-single-x';

describe.skipIf(!hasBrowser())('the page in a browser', () => {
  let browser: Awaited<ReturnType<typeof startBrowser>>;
  const left: Pick<LinkChoice, 'mail'>[] = [];
  const handler = createHandler({
    secret: async () => SECRET,
    suppressions: { unsubscribe: async ({ mail }) => void left.push({ mail }), resubscribe: async () => {} },
    emails: { once: async () => {} },
    now: () => '2026-11-24T10:00:00.000Z',
    logger: silent().logger,
  });
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const form = Buffer.concat(chunks).toString();
    const route = `${request.method} /u/{token}`;
    const token = request.url?.split('/u/')[1] ?? '';
    const {
      statusCode = 500,
      headers = {},
      body = '',
    } = await handler(linkRequest(route, token, request.method === 'POST' ? { form } : {}));
    response.writeHead(statusCode, headers as Record<string, string>).end(body);
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/u/`;
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
  });

  const link = (category?: string) =>
    `${url}${tokenOf('unsubscribe', { messageId: 'm1', recipient: 'ann@example.com', ...(category && { category }) })}`;
  const picture = async (name: string) => {
    if (PICTURES !== undefined) await browser.screenshot(`${PICTURES}/${name}.png`);
  };

  it.each([
    ['with a category', 'news'],
    ['with the longest category', LONG],
    ['without a category', undefined],
  ])('fits 320 pixels %s, with buttons for a thumb', async (name, category) => {
    await browser.open(link(category), 320);
    await picture(`320 ${name}`);

    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const heights = '[...document.querySelectorAll("button")].map((button) => button.getBoundingClientRect().height)';
    for (const height of await browser.evaluate(heights)) expect(height).toBeGreaterThanOrEqual(44);
  });

  it('keeps its lines short on a wide screen, and has a dark mode', async () => {
    await browser.open(link('news'), 1280);
    await picture('1280');
    expect(await browser.evaluate('document.querySelector("main").getBoundingClientRect().width')).toBeLessThan(700);
    const paper = 'getComputedStyle(document.body).backgroundColor';
    expect(await browser.evaluate(paper)).toBe('rgb(255, 255, 255)');

    await browser.open(link('news'), 1280, 'dark');
    await picture('1280 dark');
    expect(await browser.evaluate(paper)).toBe('rgb(22, 22, 22)');
  });

  it('is accessible to screen readers, with names of its buttons', async () => {
    await browser.open(link('news'), 1280);

    expect(await browser.evaluate('[document.documentElement.lang, document.title]')).toEqual(['en', 'Unsubscribe']);
    expect(await browser.told()).toEqual([
      ['main', ''],
      ['heading', 'Which emails should stop?', 1],
      ['heading', 'Have you unsubscribed before?', 2],
      ['button', 'Stop emails of the kind “news”'],
      ['button', 'Stop all emails'],
      ['button', 'Get emails of the kind “news” again'],
      ['button', 'Get all emails again'],
    ]);
  });

  it('reads in order without its styles', async () => {
    await browser.open(link('news'), 320);
    await browser.evaluate('document.styleSheets[0].disabled = true');
    await picture('320 without styles');

    const text: string = await browser.evaluate('document.body.innerText');
    const order = [
      'Which emails',
      'You came here',
      'Nothing has changed',
      'Stop emails of the kind',
      'Stop all emails',
      'Have you unsubscribed before?',
      'Get emails of the kind',
      'Get all emails again',
    ];
    expect(order.map((words) => text.indexOf(words))).toEqual(
      order.map((words) => text.indexOf(words)).toSorted((a, b) => a - b),
    );
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  it('is usable by keyboard: the focus is visible, and Enter unsubscribes', async () => {
    await browser.open(link('news'), 320);
    await browser.press('Tab');
    await picture('320 with focus');
    const focused = 'getComputedStyle(document.activeElement)';
    expect(
      await browser.evaluate(`[document.activeElement.value, ${focused}.outlineStyle, ${focused}.outlineWidth]`),
    ).toEqual([...['category', 'solid', '3px']]);
    await browser.press('Tab');
    expect(await browser.evaluate('document.activeElement.value')).toBe('everything');
    expect(left).toEqual([]);

    await browser.afterLoading(() => browser.press('Enter', '\r'));
    await picture('320 done');
    expect(left).toEqual([{ mail: 'everything' }]);
    expect(await browser.told()).toEqual([
      ['main', ''],
      ['heading', 'All emails have been stopped', 1],
      ['heading', 'Was that a mistake?', 2],
      ['button', 'Get all emails again'],
    ]);
  });

  it('shows that an invalid link does not work', async () => {
    await browser.open(`${link('news')}x`, 320);
    await picture('320 unknown');

    expect(await browser.evaluate('document.querySelector("h1").textContent')).toBe('This link does not work');
  });

  it('does not violate its own policy', () => {
    expect(browser.complaints.filter((complaint) => /policy|refused/i.test(complaint))).toEqual([]);
  });
});
