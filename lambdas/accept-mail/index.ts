import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { readEnvironment } from '../environment.ts';
import { emailAccepter } from '../store/accept-emails.ts';
import { calls } from '../store/calls.ts';
import { failedCounter } from '../store/count-failed.ts';
import { connectDocuments } from '../store/documents.ts';
import { mailings } from '../store/mailings.ts';
import { onceIn } from '../store/once.ts';
import { schedules } from '../store/schedules.ts';
import { senderIdentities } from '../store/sender-identities.ts';
import { sendingWork } from '../store/sending-work.ts';
import { singleMailings } from '../store/single-mailings.ts';
import { readSuppressions } from '../store/suppressions-at-once.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'MAILINGS_TABLE',
  'IDEMPOTENCY_TABLE',
  'EMAILS_QUEUE_URL',
  'CAMPAIGNS_QUEUE_URL',
  'CAMPAIGNS_QUEUE_ARN',
  'SCHEDULE_GROUP',
  'SCHEDULE_ROLE_ARN',
  'RETENTION_DAYS',
);
const client = connectDocuments();
const logger = new Logger();
// Where the endpoint is configured, as on the local stack, a queue's own address would lead past it, to AWS.
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
let invocation: Context | undefined;

const answer = createHandler({
  calls: calls(client, environment.MAILINGS_TABLE),
  mailings: mailings(client, environment.MAILINGS_TABLE),
  singles: singleMailings(client, environment.MAILINGS_TABLE),
  acceptEmails: emailAccepter(client, environment.EMAIL_STATUS_TABLE),
  countFailed: failedCounter(client, environment.EMAIL_STATUS_TABLE),
  suppressions: { getEach: (addresses) => readSuppressions(client, environment.SUPPRESSIONS_TABLE, addresses) },
  schedules: schedules(new SchedulerClient(), {
    group: environment.SCHEDULE_GROUP,
    queueArn: environment.CAMPAIGNS_QUEUE_ARN,
    roleArn: environment.SCHEDULE_ROLE_ARN,
  }),
  work: sendingWork(sqs, {
    campaignsToAdvance: environment.CAMPAIGNS_QUEUE_URL,
    emailsToSend: environment.EMAILS_QUEUE_URL,
  }),
  identities: senderIdentities(new SESv2Client()),
  once: onceIn(client, environment.IDEMPOTENCY_TABLE, () => invocation),
  newSalt: () => randomBytes(24).toString('base64url'),
  retentionDays: Number(environment.RETENTION_DAYS),
  now: () => new Date().toISOString(),
  logger,
});

export const handler = middy((event: APIGatewayProxyEventV2, context: Context) => {
  // A function works on one request at a time.
  invocation = context;
  return answer(event);
}).use(injectLambdaContext(logger));
