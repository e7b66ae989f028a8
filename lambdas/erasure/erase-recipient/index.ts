import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { erasureQueue } from '../../aws/sqs/erasure-queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { emailEraser } from '../../store/emails/erase-emails.ts';
import { erasures } from '../../store/erasures/erasures.ts';
import { suppressionEraser } from '../../store/suppressions/erase-suppression.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, ERASURES_TABLE, ERASURE_QUEUE_URL } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'ERASURES_TABLE',
  'ERASURE_QUEUE_URL',
);
const client = connectDocuments();
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = middy(
  createHandler({
    erasures: erasures(client, ERASURES_TABLE),
    emails: emailEraser(client, EMAIL_STATUS_TABLE),
    suppressions: suppressionEraser(client, SUPPRESSIONS_TABLE),
    work: erasureQueue(sqs, ERASURE_QUEUE_URL),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
