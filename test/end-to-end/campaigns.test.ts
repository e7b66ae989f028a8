import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../client/index.ts';
import { run } from '../local/ses/command.ts';
import { engines } from '../support/engine.ts';
import { bounceEvent, clickEvent, complaintEvent, deliveryEvent, openEvent, sendEvent } from '../support/ses-events.ts';
import { aStack } from './local-stack.ts';

const LIVES = [
  [sendEvent],
  [sendEvent, deliveryEvent],
  [sendEvent, deliveryEvent, openEvent],
  [sendEvent, deliveryEvent, openEvent, clickEvent],
  [sendEvent, deliveryEvent, complaintEvent],
  [sendEvent, bounceEvent],
] as const;

const EMAILS = Array.from({ length: 24 }, (_, index) => ({
  mail: {
    messageId: `october-${index}`,
    destination: [index < 22 ? `member${index}@example.com` : `bounce+${index}@simulator.amazonses.com`],
    tags: { campaign: ['october'] },
  },
  life: LIVES[index % LIVES.length] ?? [],
}));

describe.each(engines())('a campaign, live on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    // Small shards, so that they split and close during counting.
    local = await aStack(kind, { shardLength: 7 });
    for (const step of [0, 1, 2, 3]) {
      await local.publish(...EMAILS.flatMap(({ mail, life }) => life[step]?.(mail) ?? []));
      if (step === 1) await local.settle();
    }
    await local.settle();
  });
  afterAll(() => local?.stack.stop());

  const recount = (...words: string[]) => run('scripts/recount.ts', ['october', ...words, '--url', local.stack.url]);

  it('has the numbers that follow from its emails', async () => {
    expect(await local.campaign('october')).toMatchObject({
      recipients: 24,
      counts: { sent: 4, delivered: 4, opened: 4, clicked: 4, complained: 4, bounced_hard: 4 },
      opens: { unique: 8, total: 8 },
      clicks: { unique: 4, total: 4 },
      rates: {
        delivery: { value: 16 / 24, numerator: 16, denominator: 24 },
        // The last two went to the mailbox simulator, one of them a complaint and one a bounce.
        bounce: { value: 3 / 22, numerator: 3, denominator: 22 },
        complaint: { value: 3 / 15, numerator: 3, denominator: 15 },
      },
      firstActivityAt: '2026-11-24T10:00:01.000Z',
    });
  });

  it('lists the recipients behind each number', async () => {
    const { counts } = await local.campaign('october');
    for (const [status, count] of Object.entries(counts)) {
      const params = { path: { campaignId: 'october' }, query: { status: status as Schemas['Status'], limit: 3 } };
      const emails = await Array.fromAsync(local.mailtrail.each('/v1/campaigns/{campaignId}/recipients', { params }));

      expect([status, emails.length]).toEqual([status, count]);
      expect(new Set(emails.map((email) => email.status))).toEqual(new Set([status]));
    }
  });

  it('is confirmed by the recount command', async () => {
    const { code, stdout, stderr } = await recount();

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('october: 24 emails, and every number was correct.\n');
  });

  it('leaves no dead letter', async () => {
    expect(await local.settle()).toEqual({ pending: 0, deadLetters: 0 });
  });
});
