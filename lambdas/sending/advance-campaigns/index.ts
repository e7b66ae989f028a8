import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { campaignSteps } from '../../aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../aws/sqs/email-queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { failedEmails } from '../../store/emails/failed-emails.ts';
import { unsentEnder } from '../../store/emails/unsent-emails.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { unfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, MAILINGS_TABLE, EMAILS_QUEUE_URL, CAMPAIGNS_QUEUE_URL } = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'MAILINGS_TABLE',
  'EMAILS_QUEUE_URL',
  'CAMPAIGNS_QUEUE_URL',
);
const client = connectDocuments();
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = middy(
  createHandler({
    mailings: mailings(client, MAILINGS_TABLE),
    unfinished: unfinishedCampaigns(client, MAILINGS_TABLE),
    endUnsent: unsentEnder(client, EMAIL_STATUS_TABLE),
    failed: failedEmails(client, EMAIL_STATUS_TABLE),
    queueEmails: emailQueue(sqs, EMAILS_QUEUE_URL),
    steps: campaignSteps(sqs, CAMPAIGNS_QUEUE_URL),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
