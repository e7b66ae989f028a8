import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { connectSecrets, linkSecret } from '../../aws/link-secret.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { linkFactRecorder } from '../../store/emails/record-link-fact.ts';
import { unsubscribing } from '../../store/suppressions/unsubscribe.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, LINK_SECRET_ARN } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'LINK_SECRET_ARN',
);
const client = connectDocuments();
const logger = new Logger();

export const handler = middy(
  createHandler({
    secret: linkSecret(connectSecrets(), LINK_SECRET_ARN),
    suppressions: unsubscribing(client, SUPPRESSIONS_TABLE),
    emails: linkFactRecorder(client, EMAIL_STATUS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
