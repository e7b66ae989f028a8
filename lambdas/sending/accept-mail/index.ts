import { randomBytes } from 'node:crypto';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { schedules } from '../../aws/scheduler.ts';
import { senderIdentities } from '../../aws/ses/identities.ts';
import { jobQueues } from '../../aws/sqs/job-queues.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { emailAccepter } from '../../store/emails/accept-emails.ts';
import { failedCounter } from '../../store/emails/count-failed.ts';
import { findAccepted } from '../../store/emails/find-accepted.ts';
import { createIdempotency } from '../../store/mailings/idempotency.ts';
import { mailings } from '../../store/mailings/mailings.ts';
import { acceptRequests } from '../../store/mailings/requests.ts';
import { singleMailings } from '../../store/mailings/single-messages.ts';
import { verifiedSenders } from '../../store/mailings/verified-senders.ts';
import { readSuppressions } from '../../store/suppressions/suppress-many.ts';
import { answerInTime, timeOf } from './answer-in-time.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'MAILINGS_TABLE',
  'IDEMPOTENCY_TABLE',
  'MESSAGES_QUEUE_URL',
  'CAMPAIGNS_QUEUE_URL',
  'CAMPAIGNS_QUEUE_ARN',
  'SCHEDULE_GROUP',
  'SCHEDULE_ROLE_ARN',
  'RETENTION_DAYS',
);
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;
const client = connectDocuments();
const sqs = connectQueues();
// GetEmailIdentity must not hold a request up: neither by hanging, nor by attempts that take the turns of others.
const ses = new SESv2Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});
let invocation: Context | undefined;
const timeLeft = () => invocation?.getRemainingTimeInMillis() ?? 0;

export const handler = lambdaFunction((logger) => {
  const answer = createHandler({
    requests: acceptRequests(client, environment.MAILINGS_TABLE),
    mailings: mailings(client, environment.MAILINGS_TABLE),
    singleMessages: singleMailings(client, environment.MAILINGS_TABLE),
    acceptEmails: emailAccepter(client, environment.EMAIL_STATUS_TABLE),
    rowsOfEntries: findAccepted(client, environment.EMAIL_STATUS_TABLE),
    countFailed: failedCounter(client, environment.EMAIL_STATUS_TABLE),
    suppressions: { getEach: (addresses) => readSuppressions(client, environment.SUPPRESSIONS_TABLE, addresses) },
    schedules: schedules(new SchedulerClient(), {
      group: environment.SCHEDULE_GROUP,
      queueArn: environment.CAMPAIGNS_QUEUE_ARN,
      roleArn: environment.SCHEDULE_ROLE_ARN,
    }),
    jobs: jobQueues(sqs, {
      campaignsToAdvance: environment.CAMPAIGNS_QUEUE_URL,
      messagesToSend: environment.MESSAGES_QUEUE_URL,
    }),
    identities: senderIdentities(ses, verifiedSenders(client, environment.MAILINGS_TABLE), {
      report: (error) => logger.warn('sender not checked', { error }),
    }),
    idempotency: createIdempotency(client, environment.IDEMPOTENCY_TABLE, () => invocation),
    newSalt: () => randomBytes(24).toString('base64url'),
    retentionDays: Number(environment.RETENTION_DAYS),
    now: () => new Date().toISOString(),
    timeOf: timeOf(timeLeft),
    logger,
  });
  return (event: APIGatewayProxyEventV2, context: Context) => {
    // A function handles one request at a time.
    invocation = context;
    return answerInTime(answer, timeLeft)(event);
  };
});
