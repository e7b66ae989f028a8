import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { engines } from '../support/engine.ts';
import { ONE_CLICK } from './links.ts';
import { GET, HEAD, LATER, leavingOn, POST, START } from './unsubscribing.ts';

describe.each(engines())('unsubscribing through the link of an email on $name', ({ endpoint }) => {
  const { address, ask, documents, email, isSent, leavings, left, requests, row, said, suppression, tables } =
    leavingOn(endpoint);

  it('changes nothing on a GET, as of a person or a scanner', async () => {
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
    const { messageId } = email.claims;

    expect([status, headers.location, headers['set-cookie']]).toEqual([200, undefined, undefined]);
    expect(await left()).toEqual([{ cause: 'unsubscribe', categories, messageId }]);
    expect(await row()).toMatchObject({ status: 'unsubscribed', rank: 400 });
    expect(await leavings()).toMatchObject([{ details: { via, topics: categories?.[0] ?? 'all' } }]);
  });

  it('stops everything through an email without a category, whose page has one button', async () => {
    email.claims = { messageId: email.claims.messageId, recipient: email.claims.recipient };
    await isSent();
    const page = await ask(GET);
    expect(page.body.match(/<button name="leave"/g)).toHaveLength(1);
    await ask(POST, ONE_CLICK);

    expect(await left()).toMatchObject([{ categories: null }]);
    // A button that this page does not have unsubscribes too.
    await ask(POST, 'leave=category');
    expect(await leavings()).toHaveLength(1);
  });

  it('changes nothing more when it is repeated, sequentially or concurrently', async () => {
    await isSent();
    await ask(POST, ONE_CLICK);
    const once = { row: await row(), left: await left() };
    await Promise.all([ask(POST, ONE_CLICK), ask(POST, 'leave=category'), ask(POST, ONE_CLICK)]);

    expect({ row: await row(), left: await left() }).toEqual(once);
    const item = await suppression();
    expect(item?.history).toHaveLength(1);
  });

  it('works for a deleted email, and does not restore it', async () => {
    expect((await ask(POST, ONE_CLICK)).status).toBe(200);

    expect(await left()).toMatchObject([{ categories: ['news'] }]);
    expect(await row()).toBeUndefined();
  });

  it('is undone by staff through the API, the category too', async () => {
    await isSent();
    await ask(POST, ONE_CLICK);
    const list = suppressionList(documents, tables().suppressions);
    expect(await list.lift(address(), false, LATER)).toMatchObject({
      ended: [],
      remaining: [{ categories: ['news'] }],
    });
    await list.lift(address(), true, LATER);
    expect(await left()).toEqual([]);

    // And the same link unsubscribes again.
    email.calls = (Date.parse(LATER) - START) / 1_000 + 1;
    await ask(POST, ONE_CLICK);
    expect(await left()).toMatchObject([{ categories: ['news'] }]);
    email.calls = 100;
  });

  it('affects its own email, address and category, and nothing else', async () => {
    const ids = ['m-one', 'm-two'].map((id) => `${id}-${email.people}`);
    const addresses = ['bo@example.net', 'cy@example.net'].map((name) => `${email.people}.${name}`);
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
        email.claims = { ...own, ...(category !== undefined && { category }) };
        await ask(POST, ONE_CLICK);
        const after = await states();

        for (const email of emails) {
          const name = JSON.stringify(email);
          const [[was, wasLeft], [is, isLeft]] = [before[name], after[name]] as never as [never[][], never[][]];
          // All changes are of this email, this address and this category.
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

  it('is logged with ids, and without the address', async () => {
    said.length = 0;
    await ask(POST, ONE_CLICK);

    expect(said).toEqual([['left', { messageId: email.claims.messageId, way: 'OneClick', everything: false }]]);
  });
});
