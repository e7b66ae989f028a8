import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from '../../lambdas/domain/history.ts';
import { causesInForce } from '../../lambdas/domain/suppression.ts';
import { factRecorder } from '../../lambdas/store/record-facts.ts';
import { linkFactRecorder } from '../../lambdas/store/record-link-fact.ts';
import { getSuppression, suppressionList } from '../../lambdas/store/suppression-list.ts';
import { unsubscribing } from '../../lambdas/store/unsubscribe.ts';
import { createHandler } from '../../lambdas/unsubscribe-recipient/handler.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';
import { violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';
import { ANN, linkRequest, ONE_CLICK, SECRET, tokenOf, wrongTokens } from './links.ts';

const START = Date.parse('2026-11-24T10:00:00.000Z');
const LATER = '2027-01-01T00:00:00.000Z';
const [GET, HEAD, POST] = ['GET /u/{token}', 'HEAD /u/{token}', 'POST /u/{token}'] as const;

describe.each(engines())('leaving by the link of an email on $name', ({ endpoint }) => {
  const { client, documents, requests, failing } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());

  const { logger, said } = silent();
  let calls = 0;
  let people = 0;
  let claims: { messageId: string; recipient: string; category?: string };
  beforeEach(() => {
    claims = { ...ANN, messageId: `m${people++}`, recipient: `Ann.${people}@Example.com` };
  });

  const address = (recipient = claims.recipient) => recipient.toLowerCase();
  const handle = (event: ReturnType<typeof linkRequest>) =>
    createHandler({
      secret: async () => SECRET,
      suppressions: unsubscribing(documents, tables.suppressions),
      emails: linkFactRecorder(documents, tables.emailStatus),
      // No two calls come at one time.
      now: () => new Date(START + calls++ * 1_000).toISOString(),
      logger,
    })(event);
  const ask = async (route: string, form?: string, headers: Record<string, string> = {}, token = '') => {
    const given = token || tokenOf('unsubscribe', claims);
    const answer = await handle(linkRequest(route, given, { ...(form !== undefined && { form }), headers }));
    expect(violations(route, answer as never)).toEqual([]);
    return { status: answer.statusCode, body: answer.body ?? '', headers: answer.headers as Record<string, string> };
  };
  const isSent = ({ messageId, recipient } = claims) =>
    factRecorder(
      documents,
      tables.emailStatus,
    )({
      ...{ messageId, recipient: address(recipient), spellings: [recipient], movesStatus: true, description: {} },
      facts: [{ kind: 'delivered', at: '2026-11-24T09:00:00.000Z', details: {} }],
    });
  const row = async ({ messageId, recipient } = claims) => {
    const Key = { messageId, recipient: address(recipient) };
    return (await documents.send(new GetCommand({ TableName: tables.emailStatus, Key, ConsistentRead: true }))).Item;
  };
  const leavings = async (email = claims) =>
    readHistory([...((await row(email))?.events ?? [])]).facts.filter(({ kind }) => kind === 'unsubscribed');
  /** What the address left, as the API tells it. */
  const left = async ({ recipient } = claims) =>
    causesInForce(
      (await getSuppression(documents, tables.suppressions, address(recipient))) ?? { address: '' },
      LATER,
    ).map(({ cause, categories, messageId }) => ({ cause, categories, messageId }));
  /** All rows there are, by their keys. */
  const everything = async () => {
    const rows = [tables.emailStatus, tables.suppressions].map(async (TableName) => {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
      return Items.map((item) => [`${item.messageId} ${item.recipient} ${item.address}`, item] as const);
    });
    return Object.fromEntries((await Promise.all(rows)).flat());
  };

  it('changes nothing while somebody, or a scanner, only looks', async () => {
    await isSent();
    const before = requests.length;
    const page = await ask(GET);

    expect(page.status).toBe(200);
    expect([...page.body.matchAll(/<button name="leave" value="(\w+)">/g)].map(([, choice]) => choice)).toEqual([
      'category',
      'everything',
    ]);
    expect(await ask(HEAD)).toEqual({ ...page, body: '' });
    expect(requests.slice(before)).toEqual([]);
  });

  it.each([
    ['one click of a mail program', ONE_CLICK, 'OneClick', ['news']],
    ['the button of the category', 'leave=category', 'UnsubscribePage', ['news']],
    ['the button of everything', 'leave=everything', 'UnsubscribePage', null],
  ])('by %s suppresses the address and marks the email', async (_, form, via, categories) => {
    await isSent();
    const { status, headers } = await ask(POST, form);
    const { messageId } = claims;

    expect([status, headers.location, headers['set-cookie']]).toEqual([200, undefined, undefined]);
    expect(await left()).toEqual([{ cause: 'unsubscribe', categories, messageId }]);
    expect(await row()).toMatchObject({ status: 'unsubscribed', rank: 400 });
    expect(await leavings()).toMatchObject([{ details: { via, topics: categories?.[0] ?? 'all' } }]);
  });

  it('leaves everything by an email without a category, whose page has one button', async () => {
    claims = { messageId: claims.messageId, recipient: claims.recipient };
    await isSent();
    const page = await ask(GET);
    expect(page.body.match(/<button/g)).toHaveLength(1);
    await ask(POST, ONE_CLICK);

    expect(await left()).toMatchObject([{ categories: null }]);
    // A button that this page does not have cannot make it stay.
    await ask(POST, 'leave=category');
    expect(await leavings()).toHaveLength(1);
  });

  it('changes nothing more when it is said again, one after the other or at once', async () => {
    await isSent();
    await ask(POST, ONE_CLICK);
    const once = { row: await row(), left: await left() };
    await Promise.all([ask(POST, ONE_CLICK), ask(POST, 'leave=category'), ask(POST, ONE_CLICK)]);

    expect({ row: await row(), left: await left() }).toEqual(once);
    const item = await getSuppression(documents, tables.suppressions, address());
    expect(item?.history).toHaveLength(1);
  });

  it('works for an email that is gone, and does not bring it back', async () => {
    expect((await ask(POST, ONE_CLICK)).status).toBe(200);

    expect(await left()).toMatchObject([{ categories: ['news'] }]);
    expect(await row()).toBeUndefined();
  });

  it('is undone by staff through the API, the category too', async () => {
    await isSent();
    await ask(POST, ONE_CLICK);
    const list = suppressionList(documents, tables.suppressions);
    expect(await list.lift(address(), false, LATER)).toMatchObject({
      ended: [],
      remaining: [{ categories: ['news'] }],
    });
    await list.lift(address(), true, LATER);
    expect(await left()).toEqual([]);

    // And the same link leaves again.
    calls = (Date.parse(LATER) - START) / 1_000 + 1;
    await ask(POST, ONE_CLICK);
    expect(await left()).toMatchObject([{ categories: ['news'] }]);
    calls = 100;
  });

  it('acts on its own email, address and category, and on nothing else', async () => {
    const ids = ['m-one', 'm-two'].map((id) => `${id}-${people}`);
    const addresses = ['bo@example.net', 'cy@example.net'].map((name) => `${people}.${name}`);
    const emails = ids.flatMap((messageId) => addresses.map((recipient) => ({ messageId, recipient })));
    await Promise.all(emails.map((email) => isSent(email)));
    await fc.assert(
      fc.asyncProperty(fc.nat(3), fc.constantFrom('news', 'statement', undefined), async (which, category) => {
        const own = emails[which] as (typeof emails)[number];
        const states = async () =>
          Object.fromEntries(
            await Promise.all(
              emails.map(async (email) => [JSON.stringify(email), [await leavings(email), await left(email)]] as const),
            ),
          );
        const before = await states();
        claims = { ...own, ...(category !== undefined && { category }) };
        await ask(POST, ONE_CLICK);
        const after = await states();

        for (const email of emails) {
          const name = JSON.stringify(email);
          const [[was, wasLeft], [is, isLeft]] = [before[name], after[name]] as never as [never[][], never[][]];
          // What is new is about this email, this address, this category.
          const fresh = (is as { details: { topics: string } }[]).slice((was as never[]).length);
          const isOwn = email === own;
          expect(fresh.every(({ details }) => isOwn && details.topics === (category ?? 'all'))).toBe(true);
          if (email.recipient !== own.recipient) expect(isLeft).toEqual(wasLeft);
          const categories = (isLeft as { categories: string[] | null }[]).map((one) => one.categories?.[0]);
          if (isOwn) expect(categories).toContain(category);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('answers a token that is not ours with one page, whatever is wrong with it, and does nothing', async () => {
    await isSent();
    const [state, sent] = [await everything(), requests.length];
    const pages = new Set<string>();
    const others = [
      tokenOf('open', claims),
      tokenOf('read', claims),
      tokenOf('unsubscribe', { ...claims, recipient: 'ann' }),
    ];
    for (const token of [...wrongTokens(tokenOf('unsubscribe', claims)), ...others]) {
      for (const [route, form] of [[GET], [POST, ONE_CLICK], [POST, 'leave=everything']] as const) {
        const { status, ...page } = await ask(route, form, {}, token);
        expect([token, status]).toEqual([token, 404]);
        pages.add(JSON.stringify(page));
      }
    }

    expect(pages.size).toBe(1);
    expect(requests.length).toBe(sent);
    expect(await everything()).toEqual(state);
  });

  // The second is the attempt that brings the row back: of a refused write no answer is lost.
  it.each([
    ['before it was taken', [0, 1, 2]],
    ['after it was taken', [0, 2]],
  ] as const)('says so when a write fails %s, and is completed by being repeated', async (moment, writes) => {
    for (const form of [ONE_CLICK, 'leave=category', 'leave=everything']) {
      for (const call of writes) {
        claims = { ...ANN, messageId: `m${people++}`, recipient: `Ann.${people}@Example.com` };
        await isSent();
        failing(call, moment);
        const { status, body } = await ask(POST, form);
        failing(undefined);
        expect([call, status]).toEqual([call, 500]);
        // What was chosen can be chosen again by one button.
        expect(body.match(/value="(\w+)"/)?.[1]).toBe(form.split('leave=')[1]);
        // Nobody is marked as gone who is still written to.
        if ((await leavings()).length > 0) expect(await left()).toHaveLength(1);

        expect((await ask(POST, form)).status).toBe(200);
        const category = form === 'leave=everything' ? undefined : 'news';
        expect(await left()).toMatchObject([{ categories: category ? [category] : null }]);
        expect(await leavings()).toMatchObject([{ details: { topics: category ?? 'all' } }]);
        const item = await getSuppression(documents, tables.suppressions, address());
        expect(item?.history).toHaveLength(1);
      }
    }
  });

  it('says so when its secret cannot be read', async () => {
    const fail = () => Promise.reject(new Error('ann@example.com is throttled'));
    const handler = createHandler({
      secret: fail,
      suppressions: {} as never,
      emails: {} as never,
      now: () => '',
      logger,
    });
    said.length = 0;
    for (const route of [GET, HEAD, POST]) {
      const answer = await handler(linkRequest(route, tokenOf('unsubscribe')));
      expect([route, answer.statusCode, violations(route, answer as never)]).toEqual([route, 500, []]);
    }
    expect(said).toEqual(Array(3).fill(['request failed', { error: 'Error', requestId: 'request-1' }]));
  });

  it('logs who left what by ids and words, never by address', async () => {
    said.length = 0;
    await ask(POST, ONE_CLICK);

    expect(said).toEqual([['left', { messageId: claims.messageId, way: 'OneClick', everything: false }]]);
  });
});
