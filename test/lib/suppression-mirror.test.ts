import { describe, expect, it } from 'vitest';
import { idOf, plain, render, synthesize } from './synthesized.ts';

const stack = synthesize();
const fifo = stack.all('AWS::SQS::Queue').filter(([, { Properties }]) => Properties.FifoQueue === true);
const named = Object.fromEntries(fifo.map(([id, { Properties }]) => [plain(id), Properties]));
const mappings = stack.all('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
const reading = (source: string) => mappings.find(({ EventSourceArn }) => render(EventSourceArn) === `{${source}}`);
const consumer = (mapping: (typeof mappings)[number]) => stack.at(mapping.FunctionName).Properties;

describe('the way to SES’s suppression list', () => {
  it('is a FIFO queue with a FIFO dead-letter queue, both for 14 days, and closed without TLS', () => {
    expect(Object.keys(named).sort()).toEqual([
      'SuppressionSyncSuppressionMirrorFailed',
      'SuppressionSyncSuppressionMirrorQueue',
    ]);
    for (const properties of Object.values(named)) {
      expect(properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400, SqsManagedSseEnabled: true });
    }
    const { deadLetterTargetArn, maxReceiveCount } = named.SuppressionSyncSuppressionMirrorQueue.RedrivePolicy;
    expect([plain(idOf(deadLetterTargetArn)), maxReceiveCount]).toEqual(['SuppressionSyncSuppressionMirrorFailed', 5]);
    const policies = stack.all('AWS::SQS::QueuePolicy').map(([, { Properties }]) => Properties);
    for (const [id] of fifo) {
      const [policy] = policies.filter(({ Queues }) => idOf(Queues[0]) === id);
      expect(policy.PolicyDocument.Statement.map(({ Effect }: { Effect: string }) => Effect)).toEqual(['Deny']);
    }
  });

  it('leads from the table’s stream over the function that plans', () => {
    const changes = mappings.find(({ EventSourceArn }) => plain(idOf(EventSourceArn)) === 'SuppressionsTable');

    expect(changes).toMatchObject({ StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true });
    expect(changes?.EventSourceArn['Fn::GetAtt'][1]).toBe('StreamArn');
    expect(consumer(changes).Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('queue-suppressions');
  });

  it('is walked one address at a time, and hides a message for longer than the function may take', () => {
    const mapping = reading('SuppressionSyncSuppressionMirrorQueue');

    expect(mapping).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(mapping).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    expect(named.SuppressionSyncSuppressionMirrorQueue.VisibilityTimeout).toBeGreaterThanOrEqual(
      2 * consumer(mapping).Timeout,
    );
    // Five tries of one address must not hold the others up for longer than this.
    expect(5 * named.SuppressionSyncSuppressionMirrorQueue.VisibilityTimeout).toBeLessThanOrEqual(15 * 60);
  });
});

describe('every night', () => {
  it('the import comes first, then the look for what is not mirrored', () => {
    const rules = stack
      .all('AWS::Events::Rule')
      .map(([, { Properties }]) => [Properties.ScheduleExpression, plain(idOf(Properties.Targets[0].Arn))])
      .filter(([expression]) => expression.startsWith('cron('));

    const called = stack.all('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    const byRules = called.filter(({ Principal }) => Principal === 'events.amazonaws.com');
    expect(byRules.map(({ SourceArn }) => stack.at(SourceArn).Type)).toEqual(Array(3).fill('AWS::Events::Rule'));
    expect(rules.sort()).toEqual([
      ['cron(17 2 * * ? *)', 'SuppressionSyncImportSuppressionsFunction'],
      ['cron(17 3 * * ? *)', 'SuppressionSyncQueueSuppressionsFunction'],
    ]);
  });
});
