import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

const RATE = 14;
/** 40 seconds of sending at this rate. */
const WAITING = 560;

describe.each(engines())('a receipt while a campaign is sent, live on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack(kind);
    await local.setSes({ maxSendRate: RATE });
  }, 120_000);
  afterAll(() => local?.stack.stop());

  const post = async (path: string, key: string, body: object) => {
    const mail = { from: 'Office <office@club.example>', subject: 'Hello', text: 'Hello' };
    const headers = { 'idempotency-key': key, 'content-type': 'application/json' };
    const { status, text } = await local.send('POST', path, { body: JSON.stringify({ ...mail, ...body }), headers });
    expect([path, status]).toEqual([path, 202]);
    return JSON.parse(text);
  };
  const receipt = async (key: string) => {
    const email = `receipt-${key}@example.com`;
    await post('/v1/messages', key, { email });
    for (let tries = 0; tries < 600; tries++) {
      const before = await local.mailbox();
      if (before.some(({ to }) => to === email)) return before.map(({ to }) => to).reverse();
      await wait(100);
    }
    throw new Error('the receipt was not sent within a minute');
  };

  // Measured in emails that SES accepted meanwhile, not by this machine's clock: a second is 14 emails, however slow it
  // is.
  it('is sent before another five seconds of the campaign, and the campaign continues', async () => {
    // The functions are loaded by then.
    await receipt('first');
    const recipients = Array.from({ length: WAITING }, (_, index) => ({ email: `member${index}@example.com` }));
    await post('/v1/campaigns', 'campaign', { campaignId: 'october', recipients });
    while ((await local.mailbox()).length < 2 * RATE) await wait(100);

    const ahead = (await local.mailbox()).length;
    const taken = await receipt('second');
    const place = taken.indexOf('receipt-second@example.com') - ahead;
    console.log(`${place} emails of the campaign were sent before the receipt`);
    expect(place).toBeLessThan(5 * RATE);

    while ((await local.mailbox()).length < taken.length + RATE) await wait(100);
  }, 180_000);
});
