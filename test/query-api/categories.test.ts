import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { subscriptionEvent } from '../support/ses-events.ts';
import { aPerson, NOW } from './suppressed-person.ts';

const at = (hour: number) => `2026-11-24T${hour}:00:00.000Z`;

describe.each(engines())('opting out of some categories of mail, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, of, get, put, lift, bounced } = aPerson(() => api);

  type Change = Parameters<typeof subscriptionEvent>[1];
  const report = (change: Change) =>
    api.record(subscriptionEvent(of(), { all: false, wasOut: [], out: [], ...change }));
  const check = async (category?: string) => {
    const body = JSON.stringify({ addresses: [email()], ...(category !== undefined && { category }) });
    return (await api.ask('POST /v1/suppressions/check', { body })).body.items[0].suppression;
  };
  const shown = ({ body: { reason, categories, causes } }: Body) => ({
    ...{ reason, categories },
    causes: causes.map((one: Body) => [one.cause, one.categories]),
  });

  it('is shown by topic, each as a separate cause', async () => {
    await report({ out: ['news', 'regatta'], timestamp: at(10) });
    await report({ wasOut: ['regatta'], timestamp: at(11) });
    await report({ out: ['youth'], timestamp: at(12) });
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

  it('ends once each category is subscribed to again, in whatever order SES reports it', async () => {
    await report({ wasOut: ['news'], timestamp: at(12) });
    await report({ out: ['news'], timestamp: at(11) });

    expect((await get()).status).toBe(404);
  });

  it('stops all mail if another cause does', async () => {
    await report({ out: ['news'] });
    await bounced();

    expect(shown(await get())).toMatchObject({ reason: 'bounce', categories: null });
  });

  it('begins when it was first reported', async () => {
    await report({ out: ['news'], timestamp: at(10) });
    await report({ out: ['news'], timestamp: at(12) });

    expect((await get()).body.causes).toMatchObject([{ at: at(10) }]);
  });

  it('is shown by a check for an email of a category', async () => {
    await report({ out: ['news'], timestamp: at(10) });
    const left = {
      ...{ reason: 'unsubscribe', stops: 'bulk', categories: ['news'], suppressedAt: at(10) },
      causes: ['unsubscribe'],
    };

    expect([await check('news'), await check('statement'), await check('News')]).toEqual([left, null, left]);
    // Without a category, the check returns everything in force, and for which categories.
    expect(await check()).toEqual(left);

    await put();
    const manual = { reason: 'manual', suppressedAt: at(10), categories: null };
    expect(await check('news')).toMatchObject({ ...manual, causes: ['manual', 'unsubscribe'] });
    expect(await check('statement')).toMatchObject({ ...manual, suppressedAt: NOW, causes: ['manual'] });
  });

  it('counts as one cause of the check, however many categories it has', async () => {
    await report({ out: ['news', 'youth'] });

    expect(await check()).toMatchObject({ categories: ['news', 'youth'], causes: ['unsubscribe'] });
  });

  it('rejects a category that is not a string', async () => {
    const body = JSON.stringify({ addresses: [email()], category: '' });

    expect((await api.ask('POST /v1/suppressions/check', { body })).body.errors).toMatchObject([
      { parameter: 'category' },
    ]);
  });

  it('stays in force when other causes are lifted', async () => {
    await report({ out: ['news'] });
    await put();
    const { body } = await lift();

    expect([body.ended, body.remaining].map((list) => list.map((one: Body) => [one.cause, one.categories]))).toEqual([
      [['manual', null]],
      [['unsubscribe', ['news']]],
    ]);
    expect(shown(await get()).categories).toEqual(['news']);
  });

  it('is lifted with the rest at the recipient’s request, for every category, and begins again with the next opt-out', async () => {
    await report({ all: true });
    await report({ out: ['news', 'youth'], timestamp: at(10) });
    const { body } = await lift('unsubscribe=true');

    expect(body.ended.map(({ categories }: Body) => categories)).toEqual([null, ['news'], ['youth']]);
    expect([(await get()).status, (await lift('unsubscribe=true')).status]).toEqual([404, 404]);

    await report({ out: ['news'], timestamp: '2026-11-26T10:00:00.000Z' });
    expect((await get()).body.causes).toMatchObject([{ categories: ['news'], at: '2026-11-26T10:00:00.000Z' }]);
  });

  it('is lifted although another clock was ahead', async () => {
    await report({ out: ['news'], timestamp: '2026-12-24T10:00:00.000Z' });
    await lift('unsubscribe=true');

    expect((await get()).status).toBe(404);
  });

  it('continues if everything was opted out of and only that is undone', async () => {
    await report({ out: ['news'], timestamp: at(10) });
    await report({ all: true, was: false, out: ['news'], wasOut: ['news'], timestamp: at(11) });
    expect(shown(await get()).categories).toBe(null);
    await report({ all: false, was: true, out: ['news'], wasOut: ['news'], timestamp: at(12) });

    expect(shown(await get()).categories).toEqual(['news']);
  });
});
