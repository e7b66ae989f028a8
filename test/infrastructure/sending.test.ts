import { describe, expect, it } from 'vitest';
import { idOf, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
const queues = Object.fromEntries(
  stack
    .all('AWS::SQS::Queue')
    .filter(([id]) => id.startsWith('Sending'))
    .map(([id, { Properties }]) => [plain(id).replace('Sending', ''), Properties]),
);

describe('the queues of sending', () => {
  it('are one of emails and one of campaigns, each with its dead-letter queue', () => {
    expect(Object.keys(queues).sort()).toEqual([
      ...['CampaignsToAdvanceFailed', 'CampaignsToAdvanceQueue', 'EmailsToSendFailed', 'EmailsToSendQueue'],
    ]);
    for (const name of ['CampaignsToAdvance', 'EmailsToSend']) {
      const { RedrivePolicy, MessageRetentionPeriod } = queues[`${name}Queue`];
      expect(plain(idOf(RedrivePolicy.deadLetterTargetArn))).toBe(`Sending${name}Failed`);
      expect(RedrivePolicy.maxReceiveCount).toBe(5);
      expect(queues[`${name}Failed`].MessageRetentionPeriod).toBeGreaterThan(MessageRetentionPeriod);
    }
  });

  it('are encrypted', () => {
    for (const { SqsManagedSseEnabled } of Object.values(queues)) expect(SqsManagedSseEnabled).toBe(true);
  });
});

describe('the function that accepts mail', () => {
  const [, accept] = stack.all('AWS::Lambda::Function').find(([id]) => plain(id) === 'AcceptMailFunction') ?? [];

  it('answers before API Gateway stops waiting', () => {
    expect(accept?.Properties.Timeout).toBeLessThan(30);
  });

  it('gives schedules no role but the one that is made for them, and gives that one to nothing else', () => {
    const passing = stack
      .all('AWS::IAM::Policy')
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action === 'iam:PassRole');

    expect(passing).toHaveLength(1);
    expect(plain(idOf(passing[0].Resource))).toBe('AcceptingSchedulerRole');
    expect(passing[0].Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  });
});
