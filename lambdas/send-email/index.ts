import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { readEnvironment } from '../environment.ts';
import { allowance } from '../store/allowance.ts';
import { connectDocuments } from '../store/documents.ts';
import { emailsToSend } from '../store/emails-to-send.ts';
import { connectSecrets, linkSecret } from '../store/link-secret.ts';
import { mailings } from '../store/mailings.ts';
import { outgoingEmails } from '../store/outgoing-emails.ts';
import { accountReader, connectAccount } from '../store/ses-account.ts';
import { connectSender, sendOnce } from '../store/ses-sending.ts';
import { sharedReading } from '../store/shared-reading.ts';
import { getSuppression } from '../store/suppression-list.ts';
import { contents } from './contents.ts';
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
const logger = new Logger();
const documents = connectDocuments();
const places = allowance(documents, environment.MAILINGS_TABLE);
const kept = mailings(documents, environment.MAILINGS_TABLE);
const secret = linkSecret(connectSecrets(), environment.LINK_SECRET_ARN);

export const handler = middy(
  createHandler({
    emails: outgoingEmails(documents, environment.EMAIL_STATUS_TABLE),
    mailings: kept,
    contents: contents(kept),
    suppressions: { get: (address) => getSuppression(documents, environment.SUPPRESSIONS_TABLE, address) },
    allowance: places,
    account: accountReader(connectAccount(), Date.now, {
      ...sharedReading(documents, environment.MAILINGS_TABLE),
      used: places.used,
    }),
    messageQuota: Number(environment.MESSAGE_QUOTA_PERCENT),
    // The URL of a queue names its endpoint; the one from the environment counts.
    queue: emailsToSend(new SQSClient({ useQueueUrlAsEndpoint: false }), {
      campaigns: environment.EMAILS_QUEUE_URL,
      messages: environment.MESSAGES_QUEUE_URL,
    }),
    send: sendOnce(connectSender(), environment.CONFIGURATION_SET),
    links: async () => ({ publicUrl: environment.PUBLIC_URL, secret: await secret() }),
    clock: { now: Date.now, sleep },
    chance: Math.random,
    logger,
    metrics: new Metrics(),
  }),
).use(injectLambdaContext(logger));
