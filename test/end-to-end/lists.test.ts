import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../support/csv.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, deliveryEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const EMAILS = 60;
/** Two days, so that pages go over midnight; two emails at each time. */
const acceptedAt = (n: number) => new Date(Date.parse('2026-11-23T23:59:50.000Z') + (n >> 1) * 1_000).toISOString();
const WINDOW = 'from=2026-11-23T00:00:00Z&to=2026-11-25T00:00:00Z';

describe.each(engines())('lists, from SES events to a front end, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind);
    const bodies = Array.from({ length: EMAILS }, (_, n) => {
      const category = [n % 3 === 0 ? 'receipt' : 'statement'];
      const mail = {
        messageId: `l${n}`,
        destination: [`member${n}@example.com`],
        timestamp: acceptedAt(n),
        tags: { category },
      };
      return [sendEvent(mail), n % 5 === 0 ? bounceEvent(mail) : deliveryEvent(mail)];
    });
    await local.publish(...bodies.flat());
    await local.settle();
  });
  afterAll(() => local?.stack.stop());

  const pagesOf = async (query: string) => {
    const pages = [];
    let cursor: string | undefined;
    do {
      const { body } = await local.call(
        'GET',
        `/v1/messages?${cursor === undefined ? query : `cursor=${cursor}`}&limit=7`,
      );
      pages.push(body);
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    return pages;
  };
  const ids = (items: readonly { messageId: string }[]) => items.map(({ messageId }) => Number(messageId.slice(1)));
  const numbers = Array.from({ length: EMAILS }, (_, n) => n);
  const ascending = (one: number, other: number) => one - other;

  it('the log has every email once, newest first, over midnight', async () => {
    const items = (await pagesOf(WINDOW)).flatMap((page) => page.items);

    expect(items.map(({ createdAt }) => createdAt)).toEqual(numbers.toReversed().map(acceptedAt));
    expect(ids(items).toSorted(ascending)).toEqual(numbers);
  });

  it('the log is filtered by status and category', async () => {
    const items = (await pagesOf(`${WINDOW}&status=bounced*&category=receipt`)).flatMap((page) => page.items);

    expect(ids(items).toSorted(ascending)).toEqual(numbers.filter((n) => n % 15 === 0));
  });

  it('the log comes as CSV, page by page', async () => {
    const rows = [];
    let cursor: string | null = null;
    do {
      const path: string = `/v1/messages?${cursor === null ? WINDOW : `cursor=${cursor}`}&limit=25`;
      const { headers, text } = await local.send('GET', path, { headers: { accept: 'text/csv' } });
      expect(headers.get('content-type')).toMatch(/^text\/csv/);
      rows.push(...recordsOf(text));
      cursor = headers.get('x-next-cursor');
    } while (cursor !== null);

    expect(rows.map(({ createdAt }) => createdAt)).toEqual(numbers.toReversed().map(acceptedAt));
    expect(rows.filter(({ status }) => status === 'bounced_hard')).toHaveLength(EMAILS / 5);
  });

  it('a thousand suppressions are imported in one call, and found again by another', async () => {
    const addresses = Array.from({ length: 1_000 }, (_, n) => `imported${n}@example.com`);
    const suppressions = JSON.stringify({
      suppressions: addresses.map((address) => ({ address, note: 'old system' })),
    });
    const imported = await local.call('POST', '/v1/suppressions/import', suppressions);
    const again = await local.call('POST', '/v1/suppressions/import', suppressions);
    const checked = await local.call(
      'POST',
      '/v1/suppressions/check',
      JSON.stringify({ addresses: ['member0@example.com', 'member1@example.com', ...addresses.slice(2)] }),
    );
    const countOf = (body: { items: readonly { result: string }[] }, wanted: string) =>
      body.items.filter(({ result }) => result === wanted).length;

    expect([imported.status, countOf(imported.body, 'suppressed')]).toEqual([200, 1_000]);
    expect([again.status, countOf(again.body, 'already_suppressed')]).toEqual([200, 1_000]);
    expect(
      checked.body.items.map(({ suppression }: { suppression: { reason: string } | null }) => suppression?.reason),
    ).toEqual(['bounce', undefined, ...Array(998).fill('manual')]);
  });

  it('health tells of the newest email', async () => {
    const timestamp = new Date(Date.now() - 60_000).toISOString();
    await local.publish(sendEvent({ messageId: 'l-now', destination: ['now@example.com'], timestamp }));
    await local.settle();
    const { body } = await local.call('GET', '/v1/health');

    expect(body).toEqual({ status: 'ok', newestEmail: { acceptedAt: timestamp, age: expect.any(Number) } });
    expect(body.newestEmail.age).toBeGreaterThanOrEqual(60);
  });
});
