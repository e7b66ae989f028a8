import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context, SQSEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { nobodyErased } from '../support/nobody-erased.ts';
import { delayEvent, deliveryEvent, failureEvent, rejectEvent, sendEvent } from '../support/ses-events.ts';
import { sqsEvent } from '../support/sqs-event.ts';

/** Lambda's own log lines at their usual lengths. */
const context = {
  functionName: 'Mailtrail-DeliveryRecorder0123ABCD-0123456789ab',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Mailtrail-DeliveryRecorder0123ABCD-0123456789ab',
  memoryLimitInMB: '512',
  awsRequestId: '3c0a1b2c-4d5e-6f70-8192-a3b4c5d6e7f8',
} as Context;

describe('the log at INFO', () => {
  const mails = Array.from({ length: 5 }, (_, n) => ({ messageId: `message-${n}` }));
  const simulated = { messageId: 'message-6', destination: ['success@simulator.amazonses.com'] };

  it.each([
    ['usual ones', mails.flatMap((mail) => [sendEvent(mail), deliveryEvent(mail)])],
    [
      'of every kind of their topic, including the simulator',
      [sendEvent, deliveryEvent, delayEvent, rejectEvent, failureEvent].flatMap((of) => [of(mails[0]), of(simulated)]),
    ],
  ])('and metrics have at most 100 bytes a fact in batches of ten, %s', async (_, events) => {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const logger = new Logger({ serviceName: 'record-delivery', logLevel: 'INFO' });
    const metrics = new Metrics({ namespace: 'Mailtrail', serviceName: 'record-delivery' });
    const handler = middy((event: SQSEvent) =>
      recordBatch(event, {
        recordFacts: async () => {},
        retentionDays: 400,
        erasedPeople: nobodyErased,
        now: () => Date.parse('2026-11-24T10:00:05.432Z'),
        logger,
        metrics,
      }),
    ).use(injectLambdaContext(logger));

    await handler(sqsEvent(events) as SQSEvent, context);
    vi.restoreAllMocks();
    const bytes = Buffer.byteLength(written.join(''));

    console.log(`log: ${bytes} bytes for a batch of ten facts`);
    expect(written.filter((line) => line.includes('"message":"recorded"'))).toHaveLength(1);
    expect(written.filter((line) => line.includes('"CloudWatchMetrics"'))).toHaveLength(1);
    expect(bytes).toBeLessThanOrEqual(1000);
  });
});
