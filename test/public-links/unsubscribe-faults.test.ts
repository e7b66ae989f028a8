import { describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/public-links/unsubscribe-recipient/handler.ts';
import { engines } from '../support/engine.ts';
import { violations } from '../support/openapi.ts';
import { linkRequest, ONE_CLICK, tokenOf, wrongTokens } from './links.ts';
import { GET, HEAD, leavingOn, POST } from './unsubscribing.ts';

describe.each(engines())('an invalid link, or one that fails, on $name', ({ endpoint }) => {
  const { ask, email, everything, failing, isSent, leavings, left, logger, requests, said, suppression } =
    leavingOn(endpoint);

  it('answers every invalid token with the same page, and has no effect', async () => {
    await isSent();
    const [state, sent] = [await everything(), requests.length];
    const pages = new Set<string>();
    const others = [
      tokenOf('open', email.claims),
      tokenOf('read', email.claims),
      tokenOf('unsubscribe', { ...email.claims, recipient: 'ann' }),
    ];
    for (const token of [...wrongTokens(tokenOf('unsubscribe', email.claims)), ...others]) {
      for (const [route, form] of [[GET], [POST, ONE_CLICK], [POST, 'leave=everything']] as const) {
        const { status, ...page } = await ask(route, form, token);
        expect([token, status]).toEqual([token, 404]);
        pages.add(JSON.stringify(page));
      }
    }

    expect(pages.size).toBe(1);
    expect(requests.length).toBe(sent);
    expect(await everything()).toEqual(state);
  });

  // The second is the attempt that returns the row: no answer of a rejected write is lost.
  it.each([
    ['before it was taken', [0, 1, 2]],
    ['after it was taken', [0, 2]],
  ] as const)('says so when a write fails %s, and is completed by being repeated', async (moment, writes) => {
    for (const form of [ONE_CLICK, 'leave=category', 'leave=everything']) {
      for (const call of writes) {
        email.next();
        await isSent();
        failing(call, moment);
        const { status, body } = await ask(POST, form);
        failing(undefined);
        expect([call, status]).toEqual([call, 500]);
        // One button repeats the choice.
        expect(body.match(/value="(\w+)"/)?.[1]).toBe(form.split('leave=')[1]);
        // No email is marked as unsubscribed while its recipient still gets mail.
        if ((await leavings()).length > 0) expect(await left()).toHaveLength(1);

        expect((await ask(POST, form)).status).toBe(200);
        const category = form === 'leave=everything' ? undefined : 'news';
        expect(await left()).toMatchObject([{ categories: category ? [category] : null }]);
        expect(await leavings()).toMatchObject([{ details: { topics: category ?? 'all' } }]);
        const item = await suppression();
        expect(item?.history).toHaveLength(1);
      }
    }
  });

  it('answers with an error page if its secret cannot be read', async () => {
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
});
