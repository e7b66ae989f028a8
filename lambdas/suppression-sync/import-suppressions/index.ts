import { setTimeout as sleep } from 'node:timers/promises';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createRateLimiter } from '../../aws/ses/rate-limiter.ts';
import { sesList } from '../../aws/ses/suppression-list.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { erasedReader } from '../../store/erasures/erased-recipients.ts';
import { erasures } from '../../store/erasures/erasures.ts';
import { importedSuppressions } from '../../store/suppressions/ses-import.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('SUPPRESSIONS_TABLE', 'ERASURES_TABLE', 'SES_CALL_INTERVAL');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { SUPPRESSIONS_TABLE, ERASURES_TABLE, SES_CALL_INTERVAL } = environment;
const dynamodb = connectDocuments();
const clock = { now: Date.now, sleep };
const pace = createRateLimiter(clock, Number(SES_CALL_INTERVAL));
// Its retries would not keep the pace.
const client = new SESv2Client({ maxAttempts: 1 });

export const handler = lambdaFunction((logger) =>
  createHandler({
    suppressions: importedSuppressions(dynamodb, SUPPRESSIONS_TABLE),
    erasedPeople: erasedReader(dynamodb, ERASURES_TABLE),
    erasures: erasures(dynamodb, ERASURES_TABLE),
    listFor: (timeLeft) => sesList({ client, clock, pace, timeLeft }),
    now: () => new Date().toISOString(),
    logger,
  }),
);
