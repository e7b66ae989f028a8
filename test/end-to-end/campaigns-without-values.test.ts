import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

const MAIL = { from: 'office@club.example', subject: 'Courts are open', text: 'See you there.', category: 'news' };

/** The values of each recipient of a campaign: none, only empty ones, or some. */
const CAMPAIGNS = [
  ['without values', () => ({})],
  ['with empty values', () => ({ values: {} })],
  ['with a value that is empty', () => ({ values: { name: '' } })],
  ['with values for every second recipient', (index: number) => (index % 2 ? { values: { name: 'Ann' } } : {})],
] as const;

const RECIPIENTS = 3;
const idOf = (name: string) => name.replaceAll(' ', '-');

describe.each(engines())('a campaign that the API accepts, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  /** The API's numbers of each campaign, while it waits for approval and after it is sent. */
  const waiting = new Map<string, unknown>();
  const sent = new Map<string, unknown>();
  beforeAll(async () => {
    local = await aStack(kind);
    const post = async (path: string, key: string, body?: object) => {
      const { status, text } = await local.send('POST', path, {
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (status !== 202) throw new Error(`${path}: ${status} ${text}`);
    };
    for (const [name, one] of CAMPAIGNS) {
      const campaignId = idOf(name);
      const recipients = Array.from({ length: RECIPIENTS }, (_, index) => ({
        email: `${campaignId}-${index}@example.com`,
        ...one(index),
      }));
      await post('/v1/campaigns', campaignId, { campaignId, needsApproval: true, ...MAIL, recipients });
    }
    await local.settle();
    for (const [name] of CAMPAIGNS) waiting.set(name, await local.campaign(idOf(name)));
    for (const [name] of CAMPAIGNS) await post(`/v1/campaigns/${idOf(name)}/approve`, `approve-${idOf(name)}`);
    await local.settle();
    for (const [name] of CAMPAIGNS) sent.set(name, await local.campaign(idOf(name)));
  });
  afterAll(() => local?.stack.stop());

  it.each(CAMPAIGNS)('is counted %s, while it waits for approval and after it is sent', async (name) => {
    expect(waiting.get(name)).toMatchObject({ recipients: RECIPIENTS, counts: { pending_approval: RECIPIENTS } });
    expect(sent.get(name)).toMatchObject({ recipients: RECIPIENTS });
    expect(sent.get(name)).not.toHaveProperty('counts.pending_approval');
    expect(await local.mailbox(`${idOf(name)}-0@example.com`)).toHaveLength(1);
  });

  it('leaves no dead letter behind', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
  });
});
