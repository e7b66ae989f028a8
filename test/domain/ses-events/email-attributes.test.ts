import { describe, expect, it } from 'vitest';
import {
  type EmailAttributes,
  emailAttributesOf,
  isEarlier,
  mergedAttributes,
} from '../../../lambdas/domain/ses-events/email-attributes.ts';
import type { Message } from '../../../lambdas/domain/ses-events/mail.ts';
import { shardOf } from '../../../lambdas/domain/values/digest.ts';

const ACCEPTED = '2026-11-24T10:00:00.500Z';
const MESSAGE = {
  ...{ messageId: 'own-1', sesMessageId: 'ses-1', acceptedAt: ACCEPTED, destination: ['ann@example.com'] },
  ...{ from: 'office@club.example', subject: 'October', campaignId: 'october', category: 'news' },
  tags: { season: ['2026'] },
} as unknown as Message;
const ANN = 'ann@example.com';
const kept = { retentionDays: 2, arrivedAt: '2026-12-01T00:00:00.999Z' };
const shard = shardOf('own-1', ANN);

describe('the description of an email', () => {
  it('is what every event of it says, and where lists find it', () => {
    expect(emailAttributesOf(MESSAGE, ANN, kept)).toEqual({
      ...{ subject: 'October', from: 'office@club.example', createdAt: ACCEPTED, sesMessageId: 'ses-1' },
      ...{ campaignId: 'october', category: 'news', tags: { season: ['2026'] } },
      ...{ dayShard: `2026-11-24/${shard}`, campaignShard: `october/${shard}` },
      // In whole seconds, two days later.
      deleteAfter: Date.UTC(2026, 10, 26, 10) / 1_000,
    });
  });

  it('has no place in a list where it is of the message itself', () => {
    const { createdAt, dayShard, campaignShard, ...rest } = emailAttributesOf(MESSAGE, '*', kept);

    expect([createdAt, dayShard, campaignShard]).toEqual([undefined, undefined, undefined]);
    expect(rest).toMatchObject({ campaignId: 'october', sesMessageId: 'ses-1', subject: 'October' });
  });

  it('is kept from when it was heard of where SES gave no time, and is in no list by day', () => {
    const { acceptedAt: _, ...message } = MESSAGE;
    const description = emailAttributesOf(message as Message, ANN, kept);

    expect(description.deleteAfter).toBe(Date.UTC(2026, 11, 3) / 1_000);
    expect(description).not.toHaveProperty('createdAt');
    expect(description).not.toHaveProperty('dayShard');
    expect(description.campaignShard).toBe(`october/${shard}`);
  });

  it('names SES’s id only where the email goes by another one, and no campaign where it is in none', () => {
    const { campaignId: _, ...message } = { ...MESSAGE, sesMessageId: 'own-1' };
    const description = emailAttributesOf(message as Message, ANN, kept);

    expect(description).not.toHaveProperty('sesMessageId');
    expect(description).not.toHaveProperty('campaignId');
    expect(description).not.toHaveProperty('campaignShard');
  });
});

describe('of two messages under one id', () => {
  const at = (createdAt: string | undefined, sesMessageId?: string): EmailAttributes =>
    ({ createdAt, sesMessageId, subject: `${createdAt} ${sesMessageId}` }) as EmailAttributes;
  /** The earlier one first. */
  const PAIRS = [
    [at('2026-11-24T10:00:00.000Z', 'z'), at('2026-11-24T10:00:00.001Z', 'a')],
    [at('2026-11-24T10:00:00.000Z', 'a'), at('2026-11-24T10:00:00.000Z', 'b')],
    [at('2026-11-24T10:00:00.000Z'), at('2026-11-24T10:00:00.000Z', 'a')],
    [at('2026-11-24T10:00:00.000Z'), at('2026-11-24T10:00:00.000Z', '0102019ab4c5e51a-000000')],
    [at('9999-12-31T23:59:59.999Z', 'b'), at(undefined, 'a')],
    [at(undefined, 'a'), at(undefined, 'b')],
  ] as const;

  it.each(PAIRS)('the earlier one is %j, not %j', (earlier, later) => {
    expect([isEarlier(earlier, later), isEarlier(later, earlier), isEarlier(earlier, earlier)]).toEqual([
      ...[true, false, false],
    ]);
  });

  it.each(PAIRS)('the earlier one describes the email, in either order: %j, %j', (earlier, later) => {
    expect(mergedAttributes(earlier, later)).toEqual({ ...later, ...earlier });
    expect(mergedAttributes(later, earlier)).toEqual({ ...later, ...earlier });
  });

  it('what only one says is kept', () => {
    const [first, second] = [{ createdAt: ACCEPTED }, { createdAt: ACCEPTED, subject: 'October' }];

    expect([mergedAttributes(first, second), mergedAttributes(second, first)]).toEqual([second, second]);
  });
});
