import { describe, expect, it } from 'vitest';
import { idOf, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
const queues = Object.fromEntries(
  stack
    .all('AWS::SQS::Queue')
    .filter(([id]) => id.startsWith('SendingQueues'))
    .map(([id, { Properties }]) => [plain(id).replace('SendingQueues', ''), Properties]),
);

describe('the queues of sending', () => {
  it('are one of campaigns, one of their emails and one of single messages, each with its dead-letter queue', () => {
    expect(Object.keys(queues).sort()).toEqual([
      ...['CampaignsToAdvanceFailed', 'CampaignsToAdvanceQueue', 'EmailsToSendFailed', 'EmailsToSendQueue'],
      ...['MessagesToSendFailed', 'MessagesToSendQueue'],
    ]);
    for (const name of ['CampaignsToAdvance', 'EmailsToSend', 'MessagesToSend']) {
      const { RedrivePolicy, MessageRetentionPeriod } = queues[`${name}Queue`];
      expect(plain(idOf(RedrivePolicy.deadLetterTargetArn))).toBe(`SendingQueues${name}Failed`);
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
    expect(plain(idOf(passing[0].Resource))).toBe('AcceptMailSchedulerRole');
    expect(passing[0].Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  });
});

describe('the functions that move sending on', () => {
  const properties = (name: string) =>
    stack.all('AWS::Lambda::Function').find(([id]) => plain(id).endsWith(`${name}Function`))?.[1].Properties;

  it('take one campaign after the other, each with time for more than twenty seconds of work', () => {
    const [mapping] = stack
      .all('AWS::Lambda::EventSourceMapping')
      .filter(([, { Properties }]) => plain(idOf(Properties.FunctionName)) === 'AdvanceCampaignsFunction')
      .map(([, { Properties }]) => Properties);

    expect(plain(idOf(mapping.EventSourceArn))).toBe('SendingQueuesCampaignsToAdvanceQueue');
    expect([mapping.BatchSize, mapping.ScalingConfig.MaximumConcurrency]).toEqual([1, 2]);
    expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    expect(properties('AdvanceCampaigns').Timeout).toBe(30);
    expect(queues.CampaignsToAdvanceQueue.VisibilityTimeout).toBe(6 * 30);
  });

  it('send ten emails at a time, single messages by workers of their own', () => {
    const mappings = ['SendEmail', 'SendMessages'].map((name) =>
      stack
        .all('AWS::Lambda::EventSourceMapping')
        .filter(([, { Properties }]) => plain(idOf(Properties.FunctionName)).endsWith(`${name}Function`))
        .map(([, { Properties }]) => [
          ...[plain(idOf(Properties.EventSourceArn)), Properties.BatchSize],
          Properties.ScalingConfig.MaximumConcurrency,
        ]),
    );

    expect(mappings).toEqual([
      [['SendingQueuesEmailsToSendQueue', 10, 5]],
      [['SendingQueuesMessagesToSendQueue', 10, 5]],
    ]);
  });

  it('sweep every five minutes, one after the other', () => {
    const [rule] = stack
      .all('AWS::Events::Rule')
      .filter(([, { Properties }]) => plain(idOf(Properties.Targets[0].Arn)) === 'AdvanceCampaignsSweepEmailsFunction')
      .map(([, { Properties }]) => Properties);

    expect([rule.ScheduleExpression, rule.State]).toEqual(['rate(5 minutes)', 'ENABLED']);
    expect(properties('SweepEmails').Timeout).toBeLessThan(300);
  });
});
