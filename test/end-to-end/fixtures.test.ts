import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFixtures } from '../fixtures/fixture.ts';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

/** SNS accepts no empty message, so none arrives this way. */
const fixtures = loadFixtures().filter(({ body }) => body !== '');

/** The fixtures with the only event of their email: what the API returns follows from this one event. */
const alone = fixtures.flatMap((fixture) => {
  if (fixture.outcome !== 'facts') return [];
  const [messageId] = fixture.facts.map((fact) => fact.messageId);
  const others = fixtures.filter(
    (other) => other.outcome === 'facts' && other.facts.some((fact) => fact.messageId === messageId),
  );
  return others.length === 1 && messageId ? [{ ...fixture, messageId }] : [];
});

const refused = fixtures.filter(({ outcome }) => outcome === 'refused');

/** Each topic accepts any of these; a legacy notification may be configured on any topic. */
const topicOf = (body: string) => /"(?:eventType|notificationType)\\?":\s*\\?"(\w+)/.exec(body)?.[1];
const TOPICS: Readonly<Record<string, string>> = {
  Open: 'open',
  Click: 'click',
  Complaint: 'complaint',
  Subscription: 'subscription',
  Delivery: 'delivery',
  Send: 'delivery',
  DeliveryDelay: 'delivery',
  Reject: 'delivery',
  Rendering: 'delivery',
};

describe.each(engines())('every recorded event through the whole stack, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  let settled: { pending: number; deadLetters: number };
  beforeAll(async () => {
    local = await aStack(kind);
    for (const { name, body } of fixtures) {
      const topic = TOPICS[topicOf(body) ?? ''] ?? 'bounce';
      const answer = await local.call('POST', `/local/sns?topic=${topic}`, body);
      expect({ name, ...answer.body }).toMatchObject({ name, topic });
    }
    settled = await local.settle();
  });
  afterAll(() => local?.stack.stop());

  it('leaves only unreadable records in the dead-letter queues', () => {
    expect(settled).toEqual({ pending: 0, deadLetters: refused.length });
  });

  it('gives every email the status that its event requires', async () => {
    expect(alone.length).toBeGreaterThan(150);
    for (const { name, messageId, status, facts } of alone) {
      const message = await local.message(messageId);
      const shown = Object.fromEntries(message.recipients.map((email) => [email.recipient, email.status]));
      const nobodys = facts.some(({ recipient }) => recipient === '*');

      // An email opened only by a machine is shown as sent.
      const expected = Object.fromEntries(
        Object.entries(status).map(([recipient, word]) => [recipient, word ?? 'sent']),
      );
      expect({ name, shown, unattributed: message.unattributed !== null }).toEqual({
        name,
        shown: expected,
        unattributed: nobodys,
      });
    }
  });

  it('suppresses the addresses that its events suppress', async () => {
    for (const { name, suppresses } of alone) {
      for (const { address, cause, category } of suppresses) {
        const { causes } = await local.suppression(address);

        expect({ name, causes }).toEqual({
          name,
          causes: expect.arrayContaining([
            expect.objectContaining({ cause, categories: category === undefined ? null : [category] }),
          ]),
        });
      }
    }
  });

  it('logs no address', () => {
    for (const { line } of local.stack.log()) expect(line).not.toMatch(/[^\s"]@[^\s"]/);
  });
});
