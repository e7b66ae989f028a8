import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { readEnvironment } from '../environment.ts';
import { campaignCounter } from '../store/count-campaign.ts';
import { connectDocuments } from '../store/documents.ts';
import { newestEventKeeper } from '../store/newest-event.ts';
import { createHandler } from './handler.ts';

const { CAMPAIGNS_TABLE } = readEnvironment('CAMPAIGNS_TABLE');
const client = connectDocuments();
const logger = new Logger();

export const handler = middy(
  createHandler({
    countCampaign: campaignCounter(client, CAMPAIGNS_TABLE),
    keepNewestEvent: newestEventKeeper(client, CAMPAIGNS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
