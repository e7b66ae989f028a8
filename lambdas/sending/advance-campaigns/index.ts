import { campaignSteps } from '../../aws/sqs/campaign-steps.ts';
import { emailQueue } from '../../aws/sqs/email-queue.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { failedEmails } from '../../store/emails/failed-emails.ts';
import { unsentEnder } from '../../store/emails/unsent-emails.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { unfinishedCampaigns } from '../../store/mailings/unfinished-campaigns.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'MAILINGS_TABLE', 'EMAILS_QUEUE_URL', 'CAMPAIGNS_QUEUE_URL');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EMAIL_STATUS_TABLE, MAILINGS_TABLE, EMAILS_QUEUE_URL, CAMPAIGNS_QUEUE_URL } = environment;
const client = connectDocuments();
const sqs = connectQueues();

export const handler = lambdaFunction((logger) =>
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
);
