import { describe, expect, it } from 'vitest';
import { idOf, type Json, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
/** Those have rules of their own: erasure.test.ts, sending.test.ts. */
const isOfOthers = (id: string) => /^(Erasure|SendingQueues)/.test(id);
const isOfEvents = ({ Properties }: { Properties: Json }) => Properties.FifoQueue === undefined;
const queues = stack.all('AWS::SQS::Queue').filter(([id, queue]) => isOfEvents(queue) && !isOfOthers(id));
const allMappings = stack.all('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
const mappings = allMappings.filter(({ EventSourceArn }) => queues.some(([id]) => id === idOf(EventSourceArn)));
/** Queues that are told where in a stream a batch was given up. */
const failures = allMappings.flatMap(({ DestinationConfig }) =>
  DestinationConfig ? [idOf(DestinationConfig.OnFailure.Destination)] : [],
);
const subscriptions = stack.all('AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
const topics = stack.eventTopics;

describe('a queue of events', () => {
  const deadLetterOf = ({ Properties }: { Properties: Json }) => idOf(Properties.RedrivePolicy?.deadLetterTargetArn);
  const deadLetterQueues = new Set([
    ...queues.map(([, queue]) => deadLetterOf(queue)),
    ...subscriptions.map(({ RedrivePolicy }) => idOf(RedrivePolicy.deadLetterTargetArn)),
    ...failures,
  ]);

  it('has a dead-letter queue or is one, of one source only', () => {
    for (const [id, queue] of queues) expect([id, deadLetterOf(queue) !== '']).toEqual([id, !deadLetterQueues.has(id)]);
    expect(deadLetterQueues.size).toBe(1 + 2 * topics.length + failures.length); // and '' for those without
  });

  it('is tried at least 5 times, and keeps what failed for 14 days, longer than it keeps itself', () => {
    for (const [id, { Properties }] of queues) {
      if (deadLetterQueues.has(id)) expect(Properties.MessageRetentionPeriod).toBe(14 * 86_400);
      else {
        expect(Properties.RedrivePolicy.maxReceiveCount).toBeGreaterThanOrEqual(5);
        expect(Properties.MessageRetentionPeriod).toBeGreaterThan(4 * 86_400);
        expect(Properties.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
      }
    }
  });

  it('is encrypted', () => {
    for (const [, { Properties }] of queues) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('refuses everybody without TLS, and takes messages from its topic alone', () => {
    const policies = stack
      .all('AWS::SQS::QueuePolicy')
      .map(([, { Properties }]) => Properties)
      .filter(({ Queues }) => isOfEvents(stack.at(Queues[0])) && !isOfOthers(idOf(Queues[0])));

    expect(policies.flatMap(({ Queues }) => Queues.map(idOf)).sort()).toEqual(queues.map(([id]) => id).sort());
    for (const { PolicyDocument, Queues } of policies) {
      const [deny, ...allowed] = PolicyDocument.Statement;
      expect(deny).toEqual({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:*',
        Resource: { 'Fn::GetAtt': [idOf(Queues[0]), 'Arn'] },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      const source = subscriptions.find(
        ({ Endpoint, RedrivePolicy }) =>
          idOf(Endpoint) === idOf(Queues[0]) || idOf(RedrivePolicy.deadLetterTargetArn) === idOf(Queues[0]),
      );
      // SQS itself moves what a function failed on: that queue takes from no service.
      expect(allowed).toEqual(
        source === undefined
          ? []
          : [
              {
                Effect: 'Allow',
                Principal: { Service: 'sns.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: { 'Fn::GetAtt': [idOf(Queues[0]), 'Arn'] },
                Condition: { ArnEquals: { 'aws:SourceArn': source.TopicArn } },
              },
            ],
      );
    }
  });

  it('hides a batch for six times what its function may take, and the window', () => {
    for (const topic of topics) {
      const { mapping, queue, consumer } = stack.follow(topic);

      expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
        6 * consumer.Properties.Timeout + mapping.MaximumBatchingWindowInSeconds,
      );
    }
  });
});

describe('a mapping of events', () => {
  it('gathers batches for a second or two, and lets a record fail alone', () => {
    for (const { BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes } of mappings) {
      expect(BatchSize).toBeGreaterThan(10);
      expect([1, 2]).toContain(MaximumBatchingWindowInSeconds);
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('is bounded, opens and clicks together below what bounces or complaints have', () => {
    const concurrency = Object.fromEntries(
      topics.map((topic) => [plain(topic), stack.follow(topic).mapping.ScalingConfig.MaximumConcurrency]),
    );

    expect(Object.keys(concurrency)).toHaveLength(6);
    for (const most of Object.values(concurrency)) expect(most).toBeGreaterThanOrEqual(2);
    for (const few of ['RecordingBounceTopic', 'RecordingComplaintTopic']) {
      expect(concurrency.RecordingOpenTopic + concurrency.RecordingClickTopic).toBeLessThanOrEqual(concurrency[few]);
    }
    expect(mappings.filter(({ ProvisionedPollerConfig }) => ProvisionedPollerConfig)).toEqual([]);
  });

  it('leads from one queue to one function, with none left over', () => {
    const consumers = mappings.map(({ FunctionName }) => idOf(FunctionName));

    expect(new Set(consumers).size).toBe(topics.length);
    expect(new Set(mappings.map(({ EventSourceArn }) => idOf(EventSourceArn))).size).toBe(topics.length);
  });
});
