import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../support/csv.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, deliveryEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const EMAILS = 60;
/** Two days, so that pages cross midnight; two emails at each time. */
const acceptedAt = (n: number) => new Date(Date.parse('2026-11-23T23:59:50.000Z') + (n >> 1) * 1_000).toISOString();
const WINDOW = { from: '2026-11-23T00:00:00Z', to: '2026-11-25T00:00:00Z' };

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

  const log = (filter: { status?: 'bounced*'; category?: string } = {}) =>
    Array.fromAsync(local.mailtrail.each('/v1/messages', { params: { query: { ...WINDOW, ...filter, limit: 7 } } }));
  const ids = (items: readonly { messageId: string }[]) => items.map(({ messageId }) => Number(messageId.slice(1)));
  const numbers = Array.from({ length: EMAILS }, (_, n) => n);
  const ascending = (one: number, other: number) => one - other;

  it('the log has every email once, newest first, across midnight', async () => {
    const items = await log();

    expect(items.map(({ createdAt }) => createdAt)).toEqual(numbers.toReversed().map(acceptedAt));
    expect(ids(items).toSorted(ascending)).toEqual(numbers);
  });

  it('the log is filtered by status and category', async () => {
    const items = await log({ status: 'bounced*', category: 'receipt' });

    expect(ids(items).toSorted(ascending)).toEqual(numbers.filter((n) => n % 15 === 0));
  });

  it('the log is available as CSV, page by page', async () => {
    const params = { query: { ...WINDOW, limit: 25 } };
    const pages = await Array.fromAsync(local.mailtrail.csv('/v1/messages', { params }));
    const rows = recordsOf(pages.join(''));

    expect(pages).toHaveLength(3);
    expect(rows.map(({ createdAt }) => createdAt)).toEqual(numbers.toReversed().map(acceptedAt));
    expect(rows.filter(({ status }) => status === 'bounced_hard')).toHaveLength(EMAILS / 5);
  });

  it('health has the newest event', async () => {
    const timestamp = new Date(Date.now() - 60_000).toISOString();
    await local.publish(sendEvent({ messageId: 'l-now', destination: ['now@example.com'], timestamp }));
    await local.settle();
    const { data } = await local.mailtrail.GET('/v1/health');

    expect(data).toEqual({ status: 'ok', newestEvent: { at: timestamp, age: expect.any(Number) } });
    expect(data.newestEvent?.age).toBeGreaterThanOrEqual(60);
  });

  it('a thousand suppressions are imported in one call, and found by another', async () => {
    const addresses = Array.from({ length: 1_000 }, (_, n) => `imported${n}@example.com`);
    const body = { suppressions: addresses.map((address) => ({ address, note: 'old system' })) };
    const results = async () => {
      const { data } = await local.mailtrail.POST('/v1/suppressions/import', { body });
      return Object.entries(Object.groupBy(data.items, ({ result }) => result)).map(([result, some]) => [
        result,
        some.length,
      ]);
    };
    const checked = ['member0@example.com', 'member1@example.com', ...addresses.slice(2)];

    expect(await results()).toEqual([['suppressed', 1_000]]);
    expect(await results()).toEqual([['already_suppressed', 1_000]]);
    const { data } = await local.mailtrail.POST('/v1/suppressions/check', { body: { addresses: checked } });
    expect(data.items.map(({ suppression }) => suppression?.reason)).toEqual([
      'bounce',
      undefined,
      ...Array(998).fill('manual'),
    ]);
  });
});
