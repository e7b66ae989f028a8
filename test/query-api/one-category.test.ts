import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';
import { subscriptionEvent } from '../support/ses-events.ts';
import { aPerson, NOW } from './suppressed-person.ts';

const ONE = '/v1/suppressions/{email}/categories/{category}';

describe.each(engines())('opting an address out of one category, by staff, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, of, get, put, lift, row, left } = aPerson(() => api);

  const leave = (category: string, note?: string | null, spelling = email()) =>
    api.ask(`PUT ${ONE}`, { path: { email: spelling, category }, body: JSON.stringify({ note }) });
  const open = (category: string) => api.ask(`DELETE ${ONE}`, { path: { email: email(), category } });
  const check = async (options: object) => {
    const body = JSON.stringify({ addresses: [email()], ...options });
    return (await api.ask('POST /v1/suppressions/check', { body })).body.items[0].suppression;
  };
  const shown = ({ body }: Body) => body.causes.map((one: Body) => [one.cause, one.stops, one.categories, one.note]);

  it('stops bulk mail of the category, and changes nothing else, SES’s list included', async () => {
    const answer = await leave('Newsletter', ' asked by telephone ', `Ann <${email().toUpperCase()}>`);

    expect([answer.status, shown(answer)]).toEqual([
      201,
      [['unsubscribe', 'bulk', ['newsletter'], 'asked by telephone']],
    ]);
    expect(answer.body).toMatchObject({ spellings: [email().toUpperCase()], onSesList: false, suppressedAt: NOW });
    expect(answer.body.causes).toMatchObject([{ source: 'api', messageId: null }]);
    expect([await check({ category: 'NEWSLETTER' }), await check({ category: 'statement' })]).toMatchObject([
      { reason: 'unsubscribe', stops: 'bulk' },
      ...[null],
    ] as object[]);
    expect(await check({ category: 'newsletter', transactional: true })).toBeNull();
  });

  it('changes nothing if repeated, except that another note replaces that of staff', async () => {
    await leave('news', 'first');
    const before = await row();
    api.clock.now = '2026-11-26T12:00:00.000Z';
    const again = await leave('NEWS', null);
    expect([again.status, await row()]).toEqual([200, before]);
    const noted = await leave('news', 'second');

    expect([noted.status, shown(noted)]).toEqual([200, [['unsubscribe', 'bulk', ['news'], 'second']]]);
    expect(noted.body.causes).toMatchObject([{ at: NOW }]);
  });

  it('stays the recipient’s own opt-out if they made it', async () => {
    await api.record(subscriptionEvent(of(), { all: false, wasOut: [], out: ['News'] }));
    const before = (await get()).body.causes;
    const { status, body } = await leave('news', 'asked by telephone');

    expect([status, body.causes]).toEqual([200, before]);
  });

  it('is undone separately, however it was made and spelled', async () => {
    await api.record(
      subscriptionEvent(of(), { all: false, wasOut: [], out: ['News'], timestamp: '2026-11-24T13:00:00.000Z' }),
    );
    await leave('regatta');
    await put('x');
    const { status, body } = await open('nEWS');

    expect(
      [status, body.ended, body.remaining].map((list) => list.map?.((one: Body) => one.categories) ?? list),
    ).toEqual([200, [['news']], [null, ['regatta']]]);
    expect((await get()).body.history.map(({ what, category }: Body) => [what, category])).toEqual(
      expect.arrayContaining([['unsubscribe_lifted', 'news']]),
    );
    expect((await open('news')).status).toBe(404);
    // And the address can be opted out again.
    expect((await leave('news')).status).toBe(200 + 1);
  });

  it('is 404 to undo without it, whatever other opt-outs there are', async () => {
    expect((await open('news')).status).toBe(404);
    await left();
    const { status, body } = await open('news');

    expect([status, body.type]).toEqual([404, 'urn:mailtrail:problem:not-found']);
    expect((await get()).body).toMatchObject({ reason: 'unsubscribe', categories: null });
  });

  it('begins again after it ended, although another clock was ahead', async () => {
    await api.record(
      subscriptionEvent(of(), { all: false, wasOut: ['news'], out: [], timestamp: '2026-12-24T10:00:00.000Z' }),
    );
    await leave('news');
    expect((await get()).body.causes).toMatchObject([{ at: '2026-12-24T10:00:00.001Z' }]);
    await api.record(
      subscriptionEvent(of(), { all: false, wasOut: [], out: ['news'], timestamp: '2026-12-25T10:00:00.000Z' }),
    );
    await open('news');

    expect((await get()).status).toBe(404);
  });

  it('alone is not lifted without a request of the recipient, and the response explains it', async () => {
    await leave('news');

    expect((await lift()).status).toBe(409);
    expect((await lift('unsubscribe=true')).status).toBe(200);
    expect((await lift()).status).toBe(404);
  });
});

describe.each(engines())('a suppression and transactional mail, on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());
  const { email, get, put, left, bounced } = aPerson(() => api);
  const check = async (transactional: boolean | undefined) => {
    const body = JSON.stringify({ addresses: [email()], transactional });
    return (await api.ask('POST /v1/suppressions/check', { body })).body.items[0];
  };

  it('for opting out of everything stops only bulk mail, in the check, the list and CSV', async () => {
    await left();

    expect([await check(undefined), await check(false), await check(true)]).toMatchObject([
      { result: 'suppressed', suppression: { stops: 'bulk', categories: null } },
      { result: 'suppressed' },
      { result: 'not_suppressed', suppression: null },
    ]);
    const lines = String((await api.askCsv('GET /v1/suppressions')).body).split('\r\n');
    expect([lines[0]?.endsWith(',causes,causes.0.stops'), lines[1]?.endsWith(',bulk')]).toEqual([true, true]);
  });

  it.each(['bounced', 'by hand'])('%s stops both', async (how) => {
    await left();
    await (how === 'bounced' ? bounced() : put());

    expect([await check(false), await check(true)]).toMatchObject([
      { suppression: { stops: 'all', causes: [expect.any(String), 'unsubscribe'] } },
      { suppression: { stops: 'all', causes: [expect.any(String)] } },
    ]);
    expect((await get()).body.causes.map(({ stops }: Body) => stops)).toEqual(['all', 'bulk']);
  });
});
