import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { subscriptionEvent } from '../support/ses-events.ts';
import { aPerson, NOW } from './suppressed-person.ts';

const at = (hour: number) => `2026-11-24T${hour}:00:00.000Z`;

describe.each(engines())('leaving some categories of mail, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, of, get, put, lift, bounced } = aPerson(() => api);

  type Said = Parameters<typeof subscriptionEvent>[1];
  const says = (said: Said) => api.record(subscriptionEvent(of(), { all: false, wasOut: [], out: [], ...said }));
  const check = async (category?: string) => {
    const body = JSON.stringify({ addresses: [email()], ...(category !== undefined && { category }) });
    return (await api.ask('POST /v1/suppressions/check', { body })).body.items[0].suppression;
  };
  const shown = ({ body: { reason, categories, causes } }: Body) => ({
    ...{ reason, categories },
    causes: causes.map((one: Body) => [one.cause, one.categories]),
  });

  it('is shown by topic, each a cause of its own', async () => {
    await says({ out: ['news', 'regatta'], timestamp: at(10) });
    await says({ wasOut: ['regatta'], timestamp: at(11) });
    await says({ out: ['youth'], timestamp: at(12) });
    const { body } = await get();

    expect(shown({ body })).toEqual({
      reason: 'unsubscribe',
      categories: ['news', 'youth'],
      causes: [
        ['unsubscribe', ['news']],
        ['unsubscribe', ['youth']],
      ],
    });
    expect(body).toMatchObject({ suppressedAt: at(10), onSesList: false });
    expect(body.causes[1]).toMatchObject({ source: 'unsubscribe', at: at(12), messageId: of().messageId });
    expect(body.history.map(({ what, category }: Body) => [what, category])).toEqual(
      expect.arrayContaining([
        ['unsubscribe', 'news'],
        ['unsubscribe_lifted', 'regatta'],
      ]),
    );
  });

  it('is no suppression any more once each is come back to, in whatever order SES tells it', async () => {
    await says({ wasOut: ['news'], timestamp: at(12) });
    await says({ out: ['news'], timestamp: at(11) });

    expect((await get()).status).toBe(404);
  });

  it('closes all mail where another cause does', async () => {
    await says({ out: ['news'] });
    await bounced();

    expect(shown(await get())).toMatchObject({ reason: 'bounce', categories: null });
  });

  it('is since when it was told first', async () => {
    await says({ out: ['news'], timestamp: at(10) });
    await says({ out: ['news'], timestamp: at(12) });

    expect((await get()).body.causes).toMatchObject([{ at: at(10) }]);
  });

  it('lets a caller ask whether an email of a category may be sent', async () => {
    await says({ out: ['news'], timestamp: at(10) });
    const left = {
      ...{ reason: 'unsubscribe', stops: 'bulk', categories: ['news'], suppressedAt: at(10) },
      causes: ['unsubscribe'],
    };

    expect([await check('news'), await check('statement'), await check('News')]).toEqual([left, null, left]);
    // Without a category it says all there is, and of what.
    expect(await check()).toEqual(left);

    await put();
    const manual = { reason: 'manual', suppressedAt: at(10), categories: null };
    expect(await check('news')).toMatchObject({ ...manual, causes: ['manual', 'unsubscribe'] });
    expect(await check('statement')).toMatchObject({ ...manual, suppressedAt: NOW, causes: ['manual'] });
  });

  it('counts as one cause of the check, however many they are', async () => {
    await says({ out: ['news', 'youth'] });

    expect(await check()).toMatchObject({ categories: ['news', 'youth'], causes: ['unsubscribe'] });
  });

  it('refuses a category that is no text', async () => {
    const body = JSON.stringify({ addresses: [email()], category: '' });

    expect((await api.ask('POST /v1/suppressions/check', { body })).body.errors).toMatchObject([
      { parameter: 'category' },
    ]);
  });

  it('stays when other causes are lifted', async () => {
    await says({ out: ['news'] });
    await put();
    const { body } = await lift();

    expect([body.ended, body.remaining].map((list) => list.map((one: Body) => [one.cause, one.categories]))).toEqual([
      [['manual', null]],
      [['unsubscribe', ['news']]],
    ]);
    expect(shown(await get()).categories).toEqual(['news']);
  });

  it('is lifted with the rest at the recipient’s wish, from every category, and begins anew with the next leaving', async () => {
    await says({ all: true });
    await says({ out: ['news', 'youth'], timestamp: at(10) });
    const { body } = await lift('unsubscribe=true');

    expect(body.ended.map(({ categories }: Body) => categories)).toEqual([null, ['news'], ['youth']]);
    expect([(await get()).status, (await lift('unsubscribe=true')).status]).toEqual([404, 404]);

    await says({ out: ['news'], timestamp: '2026-11-26T10:00:00.000Z' });
    expect((await get()).body.causes).toMatchObject([{ categories: ['news'], at: '2026-11-26T10:00:00.000Z' }]);
  });

  it('is lifted though another clock was ahead', async () => {
    await says({ out: ['news'], timestamp: '2026-12-24T10:00:00.000Z' });
    await lift('unsubscribe=true');

    expect((await get()).status).toBe(404);
  });

  it('goes on where everything was left and only everything is come back to', async () => {
    await says({ out: ['news'], timestamp: at(10) });
    await says({ all: true, was: false, out: ['news'], wasOut: ['news'], timestamp: at(11) });
    expect(shown(await get()).categories).toBe(null);
    await says({ all: false, was: true, out: ['news'], wasOut: ['news'], timestamp: at(12) });

    expect(shown(await get()).categories).toEqual(['news']);
  });
});
