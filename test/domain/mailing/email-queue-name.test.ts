import { describe, expect, it } from 'vitest';
import { queueNameOf } from '../../../lambdas/domain/mailing/email-queue-name.ts';
import { mailingIdOf } from '../../../lambdas/domain/mailing/mailing.ts';

describe('the queue that an email waits in', () => {
  it.each([
    ['a campaign', { campaignId: 'october-2026', messageId: 'm-1' }, 'campaigns'],
    ['no campaign', { messageId: 'm-1' }, 'messages'],
    [
      'a campaign whose name has the mark of a single message further on',
      { campaignId: 'a~b', messageId: 'm' },
      'campaigns',
    ],
  ])('of %s', (_, email, lane) => {
    expect(queueNameOf({ mailingId: mailingIdOf(email) })).toBe(lane);
  });
});
