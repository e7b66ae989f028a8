import { Metrics } from '@aws-lambda-powertools/metrics';
import { campaignSteps } from '../../aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../aws/sqs/email-queue.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { queueLength } from '../../aws/sqs/queue-length.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { stalledEmails } from '../../store/emails/stalled-emails.ts';
import { unsentPages } from '../../store/emails/unsent-of-campaign.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { registerCampaigns } from '../../store/mailings/register-campaigns.ts';
import { unfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'MAILINGS_TABLE',
  'EMAILS_QUEUE_URL',
  'MESSAGES_QUEUE_URL',
  'CAMPAIGNS_QUEUE_URL',
);
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EMAIL_STATUS_TABLE, MAILINGS_TABLE, EMAILS_QUEUE_URL, MESSAGES_QUEUE_URL, CAMPAIGNS_QUEUE_URL } = environment;
const client = connectDocuments();
const sqs = connectQueues();
const emailsQueue = (url: string) => ({ queueEmails: emailQueue(sqs, url), length: queueLength(sqs, url) });

export const handler = lambdaFunction((logger) =>
  createHandler({
    emails: stalledEmails(client, EMAIL_STATUS_TABLE),
    unsent: unsentPages(client, EMAIL_STATUS_TABLE),
    mailings: mailings(client, MAILINGS_TABLE),
    unfinished: unfinishedCampaigns(client, MAILINGS_TABLE),
    register: registerCampaigns(client, MAILINGS_TABLE),
    queues: { campaigns: emailsQueue(EMAILS_QUEUE_URL), messages: emailsQueue(MESSAGES_QUEUE_URL) },
    steps: { ...campaignSteps(sqs, CAMPAIGNS_QUEUE_URL), length: queueLength(sqs, CAMPAIGNS_QUEUE_URL) },
    now: () => new Date().toISOString(),
    logger,
    metrics: new Metrics(),
  }),
);
