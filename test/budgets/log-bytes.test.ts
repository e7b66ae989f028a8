import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, SQSEvent } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { recordBatch } from '../../lambdas/recording/record-batch.ts';
import { deliveryEvent, sendEvent, sqsEvent } from '../support/ses-events.ts';
import { silent } from '../support/silent.ts';

/** Lambda's own texts at their usual lengths. */
const context = {
  functionName: 'Mailtrail-DeliveryRecorder0123ABCD-0123456789ab',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Mailtrail-DeliveryRecorder0123ABCD-0123456789ab',
  memoryLimitInMB: '512',
  awsRequestId: '3c0a1b2c-4d5e-6f70-8192-a3b4c5d6e7f8',
} as Context;

describe('the log at INFO', () => {
  it('has at most 100 bytes a fact in batches of ten', async () => {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const logger = new Logger({ serviceName: 'record-delivery', logLevel: 'INFO' });
    const { metrics } = silent();
    const handler = middy((event: SQSEvent) =>
      recordBatch(event, { recordFacts: async () => {}, retentionDays: 400, logger, metrics }),
    ).use(injectLambdaContext(logger));
    const mails = Array.from({ length: 5 }, (_, n) => ({ messageId: `message-${n}` }));

    await handler(sqsEvent(mails.flatMap((mail) => [sendEvent(mail), deliveryEvent(mail)])) as SQSEvent, context);
    vi.restoreAllMocks();
    const bytes = Buffer.byteLength(written.join(''));

    console.log(`log: ${bytes} bytes for a batch of ten facts`);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(1000);
  });
});
