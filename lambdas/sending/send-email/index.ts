import { setTimeout as sleep } from 'node:timers/promises';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { connectSecrets, linkSecret } from '../../aws/link-secret.ts';
import { accountReader, connectAccount } from '../../aws/ses/account.ts';
import { connectSender, sendEmail } from '../../aws/ses/send-email.ts';
import { emailsToSend } from '../../aws/sqs/emails-to-send.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { outgoingEmails } from '../../store/emails/outgoing-emails.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { sendSlots } from '../../store/mailings/send-slots.ts';
import { sharedAccount } from '../../store/mailings/shared-account.ts';
import { readSuppression } from '../../store/suppressions/suppression-list.ts';
import { contentCache } from './content-cache.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'MAILINGS_TABLE',
  'SUPPRESSIONS_TABLE',
  'EMAILS_QUEUE_URL',
  'MESSAGES_QUEUE_URL',
  'MESSAGE_QUOTA_PERCENT',
  'CONFIGURATION_SET',
  'LINK_SECRET_ARN',
  'PUBLIC_URL',
);
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;
const documents = connectDocuments();
const slots = sendSlots(documents, environment.MAILINGS_TABLE);
const kept = mailings(documents, environment.MAILINGS_TABLE);
const secret = linkSecret(connectSecrets(), environment.LINK_SECRET_ARN);

export const handler = lambdaFunction((logger) =>
  createHandler({
    emails: outgoingEmails(documents, environment.EMAIL_STATUS_TABLE),
    mailings: kept,
    contents: contentCache(kept),
    suppressions: { get: (address) => readSuppression(documents, environment.SUPPRESSIONS_TABLE, address) },
    sendSlots: slots,
    account: accountReader(connectAccount(), Date.now, {
      ...sharedAccount(documents, environment.MAILINGS_TABLE),
      used: slots.used,
    }),
    messageQuota: Number(environment.MESSAGE_QUOTA_PERCENT),
    queue: emailsToSend(connectQueues(), {
      campaigns: environment.EMAILS_QUEUE_URL,
      messages: environment.MESSAGES_QUEUE_URL,
    }),
    send: sendEmail(connectSender(), environment.CONFIGURATION_SET),
    links: async () => ({ publicUrl: environment.PUBLIC_URL, secret: await secret() }),
    clock: { now: Date.now, sleep },
    chance: Math.random,
    logger,
    metrics: new Metrics(),
  }),
);
