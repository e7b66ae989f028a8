import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

let requests = 0;

/** Problems that senders of newsletters reported publicly; each was a bug here, too. */
describe.each(engines())('the input of clubs and their members, live on $name', ({ kind: engine }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(engine);
  });
  afterAll(() => local?.stack.stop());

  const post = async (path: string, body: object) => {
    const headers = { 'idempotency-key': `request-${requests++}` };
    const { status, text } = await local.send('POST', path, { body: JSON.stringify(body), headers });
    return { status, body: JSON.parse(text) };
  };
  const campaign = (campaignId: string, more: object) =>
    post('/v1/campaigns', {
      ...{ campaignId, from: 'office@club.example', subject: 'News', text: 'Hi' },
      ...{ recipients: [{ email: `${campaignId}@example.com` }], ...more },
    });
  /** The email in the recipient's mailbox. */
  const received = async (campaignId: string) => {
    await local.settle();
    return (await local.mailbox(`${campaignId}@example.com`))[0];
  };

  it('a link in a value stays valid for link rewriters and simple mail readers', async () => {
    const link = 'https://club.example/pay?member=1042&sig=a/b+c=';
    const recipients = [{ email: 'link-in-a-value@example.com', values: { link } }];
    await campaign('link-in-a-value', { html: '<p><a href="{{link}}">pay</a></p>', text: undefined, recipients });

    expect((await received('link-in-a-value'))?.html).toContain(
      'href="https://club.example/pay?member=1042&amp;sig=a/b+c="',
    );
  });

  it('a sender longer than SES allows is rejected before anything is accepted', async () => {
    const { status, body } = await campaign('long-from', { from: `${'Ö'.repeat(150)} <office@club.example>` });

    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ parameter: 'from', message: expect.stringContaining('320') }]);
    expect((await local.call('GET', '/v1/campaigns/long-from')).status).toBe(404);
  });

  it.each(['', '.', ')', ',', '/', '%3E', '?utm_source=x'])(
    'an unsubscribe link works with "%s" appended',
    async (end) => {
      const campaignId = `damaged-${requests}`;
      await campaign(campaignId, { category: 'newsletter', text: 'To leave, see {{unsubscribeUrl}}' });
      const url = `${(await received(campaignId))?.text?.split(' ').at(-1)?.trim()}${end}`;

      expect((await fetch(url)).status).toBe(200);
      const one = { method: 'POST', body: 'List-Unsubscribe=One-Click' };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await fetch(url, { ...one, headers })).status).toBe(200);
    },
  );

  it('an empty name is replaced by the default of its placeholder; without a default it is missing for that recipient only', async () => {
    const recipients = [
      { email: 'named@example.com', values: { name: 'Ann' } },
      { email: 'unnamed@example.com', values: { name: null } },
    ];
    const strict = await campaign('no-default', { text: 'Dear {{name}}', recipients });
    expect(strict).toMatchObject({ status: 202, body: { byStatus: { queued: 1, failed_rendering: 1 } } });

    const kind = await campaign('with-default', { text: 'Dear {{name|member}}', recipients });
    expect(kind).toMatchObject({ status: 202, body: { byStatus: { queued: 2 } } });
    await local.settle();
    expect((await local.mailbox('unnamed@example.com'))[0]?.text).toBe('Dear member');
  });

  it('a typo in an import does not affect the other addresses', async () => {
    const addresses = ['good-1@example.com', 'typo@@example.com', 'good-2@example.com'];
    const { status, body } = await post('/v1/suppressions/import', {
      suppressions: addresses.map((address) => ({ address })),
    });

    expect(status).toBe(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['suppressed', 'invalid', 'suppressed']);
    expect((await local.call('GET', '/v1/suppressions/good-2@example.com')).status).toBe(200);
  });

  it('a person who unsubscribes from a newsletter still gets the message they requested', async () => {
    await campaign('left', {});
    const header = (await received('left'))?.headers.find(({ name }) => name === 'List-Unsubscribe')?.value ?? '';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(header.slice(1, -1), { method: 'POST', body: 'List-Unsubscribe=One-Click', headers });

    const message = {
      email: 'left@example.com',
      from: 'office@club.example',
      subject: 'Your password',
      text: 'The link',
    };
    expect((await post('/v1/messages', message)).body).toMatchObject({ status: 'queued' });
    expect((await campaign('left-again', { recipients: [{ email: 'left@example.com' }] })).body).toMatchObject({
      byStatus: { canceled_unsubscribed: 1 },
    });
  });
});
