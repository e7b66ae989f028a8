import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { readEnvironment } from '../environment.ts';
import { connectDocuments } from '../store/documents.ts';
import { emailQueues } from '../store/email-queue.ts';
import { stalledEmails } from '../store/stalled-emails.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, EMAILS_QUEUE_URL, MESSAGES_QUEUE_URL } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'EMAILS_QUEUE_URL',
  'MESSAGES_QUEUE_URL',
);
const logger = new Logger();

export const handler = middy(
  createHandler({
    emails: stalledEmails(connectDocuments(), EMAIL_STATUS_TABLE),
    // Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
    queueEmails: emailQueues(new SQSClient({ useQueueUrlAsEndpoint: false }), {
      campaigns: EMAILS_QUEUE_URL,
      messages: MESSAGES_QUEUE_URL,
    }),
    now: () => new Date().toISOString(),
    logger,
    metrics: new Metrics(),
  }),
).use(injectLambdaContext(logger));
