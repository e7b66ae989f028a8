import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { aPerson, NOW } from './suppressed-person.ts';

const AT = '2026-11-24T10:00:00.000Z';

describe.each(engines())('an address with many category opt-outs, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, get, lift, row } = aPerson(() => api);

  /** A row with so many category opt-outs, made one after the other by link, and suppressed by hand. */
  const left = (count: number) => {
    const record = { at: AT, source: 'unsubscribe', messageId: 'm1', note: 'unsubscribed' };
    const categories = Array.from({ length: count }, (_, n) => [`unsubscribe:category-${n}`, record]);
    const manual = { at: AT, source: 'api' };
    const Item = { address: email(), manual, ...Object.fromEntries(categories) };
    return api.documents.send(new PutCommand({ TableName: api.tables.suppressions, Item }));
  };

  it.each([50, 51, 400])('is lifted completely, with %i opt-outs', async (count) => {
    await left(count);
    const { status, body } = await lift('unsubscribe=true');

    expect(status).toBe(200);
    expect(body.remaining).toEqual([]);
    expect(body.ended.map(({ cause }: Body) => cause)).toEqual(['manual', ...Array(count).fill('unsubscribe')]);
    expect(new Set(body.ended.flatMap(({ categories }: Body) => categories ?? [])).size).toBe(count);
    expect((await get()).status).toBe(404);
    const ends = Object.entries((await row()) ?? {}).filter(([name]) => name.startsWith('unsubscribeEndedAt:'));
    expect(ends.map(([, end]) => end)).toEqual(Array(count).fill(NOW));
  });

  it('keeps all of them if only the rest is lifted', async () => {
    await left(400);
    const { body } = await lift();

    expect([body.ended.length, body.remaining.length]).toEqual([1, 400]);
    expect((await get()).body.categories).toHaveLength(400);
  });

  it('is lifted by repeating an interrupted request', async () => {
    await left(120);
    // One read and three writes, of which the second is lost.
    api.failing(2);
    await expect(lift('unsubscribe=true')).resolves.toMatchObject({ status: 500 });
    const between = (await get()).body.categories;
    const again = await lift('unsubscribe=true');

    expect(between).toHaveLength(70);
    expect([again.status, again.body.ended.length]).toEqual([200, 70]);
    expect((await get()).status).toBe(404);
  });
});
