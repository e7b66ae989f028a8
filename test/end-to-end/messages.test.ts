import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

let key = 0;

describe.each(engines())('a single message, live on $name', ({ kind: engine }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(engine);
  });
  afterEach(() => local.setSes({ throttle: null, drop: null, fail: null }));
  afterAll(() => local?.stack.stop());

  const accept = async (email: string, more: object = {}) => {
    const message = {
      ...{ email, category: 'receipt', from: 'Büro <office@club.example>', subject: 'Thank you, {{name}}' },
      html: '<body><p>Dear {{name}}</p><a href="{{unsubscribeUrl}}">Leave</a></body>',
      ...{ text: 'Dear {{name}}', values: { name: '<Ann>' }, unsubscribable: true, trackReads: true },
      ...more,
    };
    const headers = { 'idempotency-key': `key-${key++}` };
    const { status, text } = await local.send('POST', '/v1/messages', { body: JSON.stringify(message), headers });
    expect(status).toBe(202);
    return JSON.parse(text).messageId as string;
  };
  const statusOf = async (id: string, email: string) => (await local.email(id, email)).status as string;
  const until = async (id: string, email: string, wanted: RegExp) => {
    for (let tries = 0; tries < 800 && !wanted.test(await statusOf(id, email)); tries++) await wait(50);
    return statusOf(id, email);
  };

  it('is delivered as written, with its values filled in, and its statuses follow', async () => {
    const id = await accept('success@simulator.amazonses.com');
    await local.settle();

    const [email, ...others] = await local.mailbox('success@simulator.amazonses.com');
    expect(others).toEqual([]);
    expect(email).toMatchObject({ subject: 'Thank you, <Ann>', text: 'Dear <Ann>' });
    expect(email?.html).toMatch(
      /^<body><p>Dear &lt;Ann&gt;<\/p><a ses:no-track href="http:\/\/[^"]+\/u\/[^"]+">Leave<\/a><img [^>]+><\/body>$/,
    );
    expect(email?.from).toBe('=?UTF-8?B?QsO8cm8=?= <office@club.example>');
    expect(await local.email(id, 'success@simulator.amazonses.com')).toMatchObject({
      ...{ status: 'delivered', sesMessageId: email?.messageId, category: 'receipt', reason: null },
      events: [{ kind: 'sent' }, { kind: 'delivered' }],
    });
  });

  it('lets its recipient unsubscribe by the button of their mail program', async () => {
    const address = 'success+leaves@simulator.amazonses.com';
    const id = await accept(address);
    await local.settle();
    const [email] = await local.mailbox(address);
    const header = email?.headers.find(({ name }) => name === 'List-Unsubscribe')?.value ?? '';

    const answer = await fetch(header.slice(1, -1), {
      ...{ method: 'POST', body: 'List-Unsubscribe=One-Click' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    expect(answer.status).toBe(200);
    expect(await statusOf(id, address)).toBe('unsubscribed');
    const again = await accept(address);
    expect(await statusOf(again, address)).toBe('canceled_unsubscribed');
  });

  it('is throttled while SES throttles, and sent afterwards', async () => {
    await local.setSes({ throttle: { share: 1 } });
    const address = 'success+slow@simulator.amazonses.com';
    const id = await accept(address);
    expect(await until(id, address, /throttled/)).toBe('throttled');

    await local.setSes({ throttle: null });
    expect(await until(id, address, /delivered/)).toBe('delivered');
    expect(await local.mailbox(address)).toHaveLength(1);
  });

  it('whose response from SES was lost is shown as sent at SES’s first event, and sent once', async () => {
    await local.setSes({ drop: { share: 1 } });
    const address = 'success+dropped@simulator.amazonses.com';
    const id = await accept(address);

    expect(await until(id, address, /delivered/)).toBe('delivered');
    expect(await local.mailbox(address)).toHaveLength(1);
  });

  it('that SES rejects has failed, with SES’s message', async () => {
    await local.setSes({ fail: { share: 1, error: 'MessageRejected' } });
    const address = 'success+refused@simulator.amazonses.com';
    const id = await accept(address);
    await until(id, address, /failed_sending/);
    await local.setSes({ fail: null });

    expect(await local.email(id, address)).toMatchObject({
      ...{ status: 'failed_sending', final: true, reason: expect.stringContaining('invalid content'), events: [] },
    });
  });
});
