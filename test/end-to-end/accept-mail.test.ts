import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack } from './local-stack.ts';

describe('mail that is accepted, on the local stack', () => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack('native');
  }, 60_000);
  afterAll(() => local?.stack.stop());

  const send = async (path: string, body: object, key: string) => {
    const { status, text } = await local.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    });
    return { status, body: JSON.parse(text) };
  };
  const mail = { from: 'Office <office@club.example>', subject: 'Hello', text: 'Hello' };
  const sendAt = new Date(Date.now() + 86_400_000).toISOString();

  it('has statuses from the beginning, and the same response for the same request', async () => {
    const recipients = [{ email: 'ann@example.com' }, { email: 'bo@example.com', skip: 'no balance due' }];
    const campaign = { campaignId: 'october', sendAt, recipients, ...mail };
    const first = await send('/v1/campaigns', campaign, 'key-1');

    expect(first).toEqual({
      status: 202,
      body: {
        ...{ campaignId: 'october', state: 'planned', recipients: 2, byStatus: { queued: 1, skipped: 1 } },
        warnings: [expect.objectContaining({ code: 'no_category' })],
      },
    });
    expect(await send('/v1/campaigns', campaign, 'key-1')).toEqual(first);
    const { body } = await local.call('GET', '/v1/recipients/bo@example.com/messages');
    expect(body.items).toEqual([
      expect.objectContaining({ status: 'skipped', reason: 'no balance due', campaignId: 'october' }),
    ]);
    expect((await local.call('POST', '/v1/campaigns/october/cancel')).body.state).toBe('canceled');
  });

  it('is rejected if SES does not know the sender', async () => {
    const { status, body } = await send(
      '/v1/messages',
      { ...mail, from: 'a@stranger.example', email: 'ann@example.com' },
      'key-2',
    );

    expect([status, body.errors?.[0].parameter]).toEqual([400, 'from']);
  });
});
