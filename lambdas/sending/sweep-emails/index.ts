import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { campaignSteps } from '../../aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../aws/sqs/email-queue.ts';
import { queueLength } from '../../aws/sqs/queue-length.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { stalledEmails } from '../../store/emails/stalled-emails.ts';
import { unsentPages } from '../../store/emails/unsent-of-campaign.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { registerCampaigns } from '../../store/mailings/register-campaigns.ts';
import { unfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { createHandler } from './handler.ts';

const { EMAIL_STATUS_TABLE, MAILINGS_TABLE, EMAILS_QUEUE_URL, MESSAGES_QUEUE_URL, CAMPAIGNS_QUEUE_URL } =
  readEnvironment(
    'EMAIL_STATUS_TABLE',
    'MAILINGS_TABLE',
    'EMAILS_QUEUE_URL',
    'MESSAGES_QUEUE_URL',
    'CAMPAIGNS_QUEUE_URL',
  );
const client = connectDocuments();
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
const lane = (url: string) => ({ queueEmails: emailQueue(sqs, url), length: queueLength(sqs, url) });

export const handler = middy(
  createHandler({
    emails: stalledEmails(client, EMAIL_STATUS_TABLE),
    unsent: unsentPages(client, EMAIL_STATUS_TABLE),
    mailings: mailings(client, MAILINGS_TABLE),
    unfinished: unfinishedCampaigns(client, MAILINGS_TABLE),
    register: registerCampaigns(client, MAILINGS_TABLE),
    lanes: { campaigns: lane(EMAILS_QUEUE_URL), messages: lane(MESSAGES_QUEUE_URL) },
    steps: { ...campaignSteps(sqs, CAMPAIGNS_QUEUE_URL), length: queueLength(sqs, CAMPAIGNS_QUEUE_URL) },
    now: () => new Date().toISOString(),
    logger,
    metrics: new Metrics(),
  }),
).use(injectLambdaContext(logger));
