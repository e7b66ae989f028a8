import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { erasureQueue } from '../../aws/sqs/erasure-queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { emailEraser } from '../../store/emails/erase-emails.ts';
import { contentEraser } from '../../store/mailings/erase-content.ts';
import { suppressionEraser } from '../../store/suppressions/erase-suppression.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, MAILINGS_TABLE, ERASURE_QUEUE_URL } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'MAILINGS_TABLE',
  'ERASURE_QUEUE_URL',
);
const client = connectDocuments();
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = middy(
  createHandler({
    emails: emailEraser(client, EMAIL_STATUS_TABLE),
    eraseContent: contentEraser(client, MAILINGS_TABLE),
    suppressions: suppressionEraser(client, SUPPRESSIONS_TABLE),
    work: erasureQueue(sqs, ERASURE_QUEUE_URL),
    logger,
  }),
).use(injectLambdaContext(logger));
