import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack } from './local-stack.ts';

const ROUTE = '/v1/campaigns';

describe('campaigns that advance, on the local stack', () => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    local = await aStack('native');
  }, 60_000);
  afterAll(() => local?.stack.stop());

  const send = (campaignId: string, more: object) =>
    local.send('POST', ROUTE, {
      body: JSON.stringify({
        ...{ campaignId, from: 'Office <office@club.example>', subject: 'Hello', text: 'Hello' },
        ...{ recipients: [{ email: 'ann@example.com' }, { email: 'bo@example.com', skip: 'no balance due' }], ...more },
      }),
      headers: { 'idempotency-key': campaignId, 'content-type': 'application/json' },
    });
  const campaign = async (campaignId: string) => (await local.call('GET', `${ROUTE}/${campaignId}`)).body;
  const recipients = async (campaignId: string, status: string) =>
    (await local.call('GET', `${ROUTE}/${campaignId}/recipients?status=${status}`)).body.items.map(
      ({ recipient }: { recipient: string }) => recipient,
    );
  const until = async (holds: () => Promise<boolean>) => {
    for (let waited = 0; waited < 20_000; waited += 100) {
      if (await holds()) return;
      await sleep(100);
    }
    throw new Error('the state was never reached');
  };

  it('show their state at once, and the status of each email when they are canceled', async () => {
    const sendAt = new Date(Date.now() + 86_400_000).toISOString();
    await send('october', { sendAt });
    expect(await campaign('october')).toMatchObject({ state: 'planned', sendAt, expiresAt: null });
    expect(await recipients('october', 'planned')).toEqual(['ann@example.com']);

    await local.call('POST', `${ROUTE}/october/cancel`);
    expect(await recipients('october', 'canceled*')).toEqual(['ann@example.com']);
    await until(async () => JSON.stringify((await campaign('october')).counts) === '{"skipped":1,"canceled":1}');
    expect((await campaign('october')).state).toBe('canceled');
  });

  it('start at their time, by a schedule', async () => {
    await send('november', { sendAt: new Date(Date.now() + 1_500).toISOString() });
    expect((await campaign('november')).state).toBe('planned');

    await until(async () => (await campaign('november')).state === 'started');
  });

  it('expire at their expiry time without an approval', async () => {
    await send('december', { needsApproval: true, expiresAt: new Date(Date.now() + 1_500).toISOString() });
    expect(await recipients('december', 'pending_approval')).toEqual(['ann@example.com']);

    await until(async () => (await campaign('december')).state === 'expired');
    expect(await recipients('december', 'expired')).toEqual(['ann@example.com']);
  });
});
