import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { mirrorQueue } from '../../aws/sqs/mirror-queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { unmirroredSuppressions } from '../../store/suppressions/unmirrored.ts';
import { createHandler } from './handler.ts';

const { SUPPRESSIONS_TABLE, MIRROR_QUEUE_URL } = readEnvironment('SUPPRESSIONS_TABLE', 'MIRROR_QUEUE_URL');
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = middy(
  createHandler({
    work: mirrorQueue(sqs, MIRROR_QUEUE_URL),
    unmirrored: unmirroredSuppressions(connectDocuments(), SUPPRESSIONS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
