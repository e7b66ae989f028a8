import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { campaignReader } from '../../store/campaigns/campaign-reader.ts';
import { readNewestEvent } from '../../store/campaigns/newest-event.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { emailReader } from '../../store/emails/email-reader.ts';
import { mailingOverlay } from '../../store/emails/waiting-status.ts';
import { suppressionList } from '../../store/suppressions/suppression-list.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'CAMPAIGNS_TABLE', 'MAILINGS_TABLE');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, CAMPAIGNS_TABLE, MAILINGS_TABLE } = environment;
const client = connectDocuments();
const now = () => new Date().toISOString();

export const handler = lambdaFunction((logger) =>
  createHandler({
    archive: emailReader(client, EMAIL_STATUS_TABLE, mailingOverlay(client, MAILINGS_TABLE, now)),
    campaigns: campaignReader(
      client,
      { campaigns: CAMPAIGNS_TABLE, emailStatus: EMAIL_STATUS_TABLE, mailings: MAILINGS_TABLE },
      now,
    ),
    suppressions: suppressionList(client, SUPPRESSIONS_TABLE),
    newestEvent: () => readNewestEvent(client, CAMPAIGNS_TABLE),
    now,
    logger,
  }),
);
