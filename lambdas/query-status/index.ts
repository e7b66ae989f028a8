import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { readEnvironment } from '../environment.ts';
import { connectDocuments } from '../store/documents.ts';
import { campaignArchive } from '../store/read-campaigns.ts';
import { emailArchive } from '../store/read-email-status.ts';
import { suppressionList } from '../store/suppression-list.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, CAMPAIGNS_TABLE } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'CAMPAIGNS_TABLE',
);
const client = connectDocuments();
const logger = new Logger();

export const handler = middy(
  createHandler({
    archive: emailArchive(client, EMAIL_STATUS_TABLE),
    campaigns: campaignArchive(client, { campaigns: CAMPAIGNS_TABLE, emailStatus: EMAIL_STATUS_TABLE }),
    suppressions: suppressionList(client, SUPPRESSIONS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
