import { describe, expect, it } from 'vitest';
import { readHistory } from '../../lambdas/domain/status/history.ts';
import { engines } from '../support/engine.ts';
import { ONE_CLICK, tokenOf } from './links.ts';
import { GET, HEAD, leavingOn, POST } from './unsubscribing.ts';

describe.each(engines())('resubscribing through the link of an email on $name', ({ endpoint }) => {
  const { ask, email, everything, failing, isSent, left, requests, row, said, suppression } = leavingOn(endpoint);
  const buttons = (body: string) =>
    [...body.matchAll(/<button name="(\w+)" value="(\w+)">/g)].map(([, name, value]) => `${name}=${value}`);
  const facts = async () =>
    readHistory([...((await row())?.events ?? [])]).facts.map(({ kind, details }) => [kind, details.topics]);

  it('is offered by the page, before and after unsubscribing, and a GET does not do it', async () => {
    await isSent();
    await ask(POST, ONE_CLICK);
    const before = await everything();
    const page = await ask(GET);
    await ask(HEAD);

    expect(buttons(page.body)).toEqual([
      ...['leave=category', 'leave=everything', 'return=category', 'return=everything'],
    ]);
    expect(buttons((await ask(POST, 'leave=category')).body)).toEqual(['return=category']);
    expect(buttons((await ask(POST, 'leave=everything')).body)).toEqual(['return=everything']);
    expect(requests.length).toBeGreaterThan(0);
    expect(Object.keys(await everything())).toEqual(Object.keys(before));
  });

  it('ends the opt-out of its button, and no other', async () => {
    await isSent();
    await ask(POST, 'leave=category');
    await ask(POST, 'leave=everything');
    const back = await ask(POST, 'return=category');
    expect([back.status, back.body]).toEqual([200, expect.stringContaining('You get emails of the kind “news” again')]);
    expect((await left()).map(({ categories }) => categories)).toEqual([null]);
    expect(buttons(back.body)).toEqual(['return=everything']);

    await ask(POST, 'return=everything');
    expect(await left()).toEqual([]);
    expect(await facts()).toEqual([
      ['delivered', undefined],
      ['unsubscribed', 'news'],
      ['unsubscribed', 'all'],
      ['resubscribed', 'news'],
      ['resubscribed', 'all'],
    ]);
    // By the sender's statuses, the email stays unsubscribed.
    expect(await row()).toMatchObject({ status: 'unsubscribed' });
  });

  it('is undone by unsubscribing again, also by one-click', async () => {
    await ask(POST, ONE_CLICK);
    await ask(POST, 'return=category');
    expect(await left()).toEqual([]);
    await ask(POST, ONE_CLICK);

    expect(await left()).toMatchObject([{ categories: ['news'] }]);
    expect((await suppression())?.history).toHaveLength(3);
  });

  it('changes nothing more when it is repeated, and loses nothing if a write fails', async () => {
    for (const moment of ['before it was taken', 'after it was taken'] as const) {
      email.next();
      await isSent();
      await ask(POST, ONE_CLICK);
      failing(0, moment);
      expect((await ask(POST, 'return=category')).status).toBe(500);
      failing(undefined);
      for (const _ of [1, 2]) expect((await ask(POST, 'return=category')).status).toBe(200);

      expect(await left()).toEqual([]);
      expect((await suppression())?.history).toHaveLength(2);
      expect((await facts()).filter(([kind]) => kind === 'resubscribed')).toHaveLength(1);
    }
  });

  it('of an email without a category is to everything', async () => {
    email.claims = { messageId: email.claims.messageId, recipient: email.claims.recipient };
    await ask(POST, ONE_CLICK);
    expect(buttons((await ask(GET)).body)).toEqual(['leave=everything', 'return=everything']);
    await ask(POST, 'return=category');

    expect(await left()).toEqual([]);
  });

  it('is logged with ids', async () => {
    said.length = 0;
    await ask(POST, 'return=category');

    expect(said).toEqual([['returned', { messageId: email.claims.messageId, everything: false }]]);
  });

  it.each(['.', ')', '>', ',', '/', '"', '&gt;', '%3E', '.gif', '&utm_source=x', '=\r\n'])(
    'and leaving work by a link with %j behind it',
    async (tail) => {
      await isSent();
      const token = `${tokenOf('unsubscribe', email.claims)}${tail}`;
      expect([(await ask(GET, undefined, token)).status, (await ask(HEAD, undefined, token)).status]).toEqual([
        200, 200,
      ]);
      expect((await ask(POST, ONE_CLICK, token)).status).toBe(200);
      expect(await left()).toMatchObject([{ categories: ['news'] }]);
      await ask(POST, 'return=category', token);

      expect(await left()).toEqual([]);
    },
  );
});
