import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { campaignCounter } from '../../store/campaigns/count-campaign.ts';
import { newestEventKeeper } from '../../store/campaigns/newest-event.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('CAMPAIGNS_TABLE');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { CAMPAIGNS_TABLE } = environment;
const client = connectDocuments();

export const handler = lambdaFunction((logger) =>
  createHandler({
    countCampaign: campaignCounter(client, CAMPAIGNS_TABLE),
    keepNewestEvent: newestEventKeeper(client, CAMPAIGNS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
);
