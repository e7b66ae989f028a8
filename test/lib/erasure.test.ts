import { describe, expect, it } from 'vitest';
import { SECOND_TIME } from '../../lambdas/aws/sqs/erasure-queue.ts';
import { MARKS_TOLERATED_FOR } from '../../lambdas/store/erasures/erased-recipients.ts';
import { idOf, plain, render, synthesize } from './synthesized.ts';

const stack = synthesize();
const queues = Object.fromEntries(stack.all('AWS::SQS::Queue').map(([id, { Properties }]) => [plain(id), Properties]));
const mappings = stack.all('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
const mapping = mappings.find(({ EventSourceArn }) => render(EventSourceArn) === '{ErasureQueue}');
const worker = stack.at(mapping?.FunctionName).Properties;

describe('the queue of people who are erased', () => {
  it('keeps an address for a day at most, longer than all its tries take; who could not be erased for 14', () => {
    const { MessageRetentionPeriod, VisibilityTimeout, RedrivePolicy } = queues.ErasureQueue;

    expect(MessageRetentionPeriod).toBe(86_400);
    expect(SECOND_TIME + RedrivePolicy.maxReceiveCount * VisibilityTimeout).toBeLessThan(86_400 / 4);
    expect(plain(idOf(RedrivePolicy.deadLetterTargetArn))).toBe('ErasureFailed');
    expect(queues.ErasureFailed.MessageRetentionPeriod).toBe(14 * 86_400);
  });

  it('is encrypted, and closed without TLS, as is the one for what failed', () => {
    const policies = stack
      .all('AWS::SQS::QueuePolicy')
      .map(([, { Properties }]) => Properties)
      .filter(({ Queues }) => idOf(Queues[0]).startsWith('Erasure'));

    expect(policies).toHaveLength(2);
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument.Statement.map(({ Effect }: { Effect: string }) => Effect)).toEqual(['Deny']);
    }
    for (const name of ['ErasureQueue', 'ErasureFailed']) expect(queues[name].SqsManagedSseEnabled).toBe(true);
  });

  it('is read by the worker alone, one person at a time, and hides a person while the worker may be at it', () => {
    expect(worker.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe('delete-emails');
    expect(mapping).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(mapping?.ScalingConfig).toEqual({ MaximumConcurrency: 2 });
    expect(queues.ErasureQueue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * worker.Timeout);
  });

  it('brings the second time when no recording function goes by what it knew before, nor is busy with it', () => {
    const recorders = stack
      .all('AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties)
      .filter(({ Environment }) => Environment.Variables.POWERTOOLS_SERVICE_NAME.startsWith('record-'));

    expect(recorders).toHaveLength(6);
    for (const { Timeout, Environment } of recorders) {
      expect(1_000 * SECOND_TIME).toBeGreaterThan(MARKS_TOLERATED_FOR + 2_000 * Timeout);
      expect(plain(idOf(Environment.Variables.ERASURES_TABLE))).toBe('ErasuresTable');
    }
  });
});
