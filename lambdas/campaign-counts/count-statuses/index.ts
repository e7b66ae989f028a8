import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { readEnvironment } from '../../runtime/environment.ts';
import { campaignCounter } from '../../store/campaigns/count-campaign.ts';
import { newestEventKeeper } from '../../store/campaigns/newest-event.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
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
