import { describe, expect, it } from 'vitest';
import { mailingIdOf } from '../../../lambdas/domain/mailing/mailing.ts';
import { queueNameOf } from '../../../lambdas/domain/mailing/send-lane.ts';

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
