import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailtrail } from '../../client/index.ts';
import { engines } from '../support/engine.ts';
import { deliveryEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

/** Addresses that are difficult in a path. */
const ADDRESSES = [
  'ann+club@example.com',
  "o'brien@example.com",
  'who?@example.com',
  'a/b@example.com',
  '50%25@example.com',
  '50%@example.com',
  'a&b=c#d@example.com',
  '~yw5u@example.com',
  '{email}@example.com',
  '$&@example.com',
];

describe.each(engines())('the client, against $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind);
    const events = ADDRESSES.map((address, n) => ({ messageId: `c${n}`, destination: [address] }));
    await local.publish(...events.flatMap((mail) => [sendEvent(mail), deliveryEvent(mail)]));
    await local.settle();
  });
  afterAll(() => local?.stack.stop());

  it.each(ADDRESSES.map((address, n) => [address, `c${n}`]))('finds %s', async (email, messageId) => {
    expect(await local.email(messageId, email)).toMatchObject({ recipient: email, status: 'delivered' });
    expect((await local.emailsTo(email)).map((each) => each.messageId)).toEqual([messageId]);
    expect((await local.mailtrail.GET('/v1/recipients/{email}', { params: { path: { email } } })).data).toMatchObject({
      address: email,
      lastMessageId: messageId,
    });
  });

  it('returns pages with their window', async () => {
    const params = { query: { from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z', limit: 4 } };
    const pages = await Array.fromAsync(local.mailtrail.pages('/v1/messages', { params }));

    expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 2]);
    for (const { applied } of pages) expect(applied).toMatchObject({ from: '2026-11-24T00:00:00.000Z', limit: 4 });
  });

  it('shows by the response’s status whether an address was already suppressed', async () => {
    const init = { params: { path: { email: 'eve@example.com' } }, body: { note: 'asked by telephone' } };
    const first = await local.mailtrail.PUT('/v1/suppressions/{email}', init);
    const second = await local.mailtrail.PUT('/v1/suppressions/{email}', init);

    expect([first.response.status, second.response.status]).toEqual([201, 200]);
    expect(second.data.causes).toMatchObject([{ cause: 'manual', note: 'asked by telephone' }]);
  });

  it('throws the errors of a request, with its request id', async () => {
    const { mailtrail } = local;
    const invalid = mailtrail.GET('/v1/messages', { params: { query: { limit: 0, from: 'yesterday' } } });

    await expect(invalid).rejects.toMatchObject({
      status: 400,
      problem: {
        type: 'urn:mailtrail:problem:invalid',
        errors: expect.arrayContaining([
          expect.objectContaining({ parameter: 'limit' }),
          expect.objectContaining({ parameter: 'from' }),
        ]),
      },
      requestId: expect.stringMatching(/^[\w=-]+$/),
      message: expect.stringMatching(/^GET \/v1\/messages responded with 400 .* \(request .+\)$/),
    });
  });

  it('works with a token, too', async () => {
    const mailtrail = createMailtrail({ url: local.stack.url, token: async () => 'abc' });
    const { data } = await mailtrail.GET('/v1/statuses', { params: { query: { vocabulary: 'tipimail' } } });

    expect(data.items.map(({ status }) => status)).toContain('delivered');
  });
});
