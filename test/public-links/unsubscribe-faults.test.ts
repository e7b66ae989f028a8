import { describe, expect, it } from 'vitest';
import { createHandler } from '../../lambdas/public-links/unsubscribe-recipient/handler.ts';
import { engines } from '../support/engine.ts';
import { violations } from '../support/openapi.ts';
import { linkRequest, ONE_CLICK, tokenOf, wrongTokens } from './links.ts';
import { GET, HEAD, leavingOn, POST } from './unsubscribing.ts';

describe.each(engines())('a link that is not ours, or fails, on $name', ({ endpoint }) => {
  const { ask, email, everything, failing, isSent, leavings, left, logger, requests, said, suppression } =
    leavingOn(endpoint);

  it('answers a token that is not ours with one page, whatever is wrong with it, and does nothing', async () => {
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

  // The second is the attempt that brings the row back: of a refused write no answer is lost.
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
        // What was chosen can be chosen again by one button.
        expect(body.match(/value="(\w+)"/)?.[1]).toBe(form.split('leave=')[1]);
        // Nobody is marked as gone who is still written to.
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
});
