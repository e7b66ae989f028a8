import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import middy from '@middy/core';
import { readEnvironment } from '../environment.ts';
import { connectDocuments } from '../store/documents.ts';
import { erasedReader } from '../store/erased-people.ts';
import { erasures } from '../store/erasures.ts';
import { importedSuppressions } from '../store/imported-suppressions.ts';
import { createPace } from '../store/pace.ts';
import { sesList } from '../store/ses-list.ts';
import { createHandler } from './handler.ts';

const { SUPPRESSIONS_TABLE, ERASURES_TABLE, SES_CALL_INTERVAL } = readEnvironment(
  'SUPPRESSIONS_TABLE',
  'ERASURES_TABLE',
  'SES_CALL_INTERVAL',
);
const logger = new Logger();
const dynamodb = connectDocuments();
const clock = { now: Date.now, sleep };
const pace = createPace(clock, Number(SES_CALL_INTERVAL));
// Its retries would not keep the pace.
const client = new SESv2Client({ maxAttempts: 1 });

export const handler = middy(
  createHandler({
    suppressions: importedSuppressions(dynamodb, SUPPRESSIONS_TABLE),
    erasedPeople: erasedReader(dynamodb, ERASURES_TABLE),
    erasures: erasures(dynamodb, ERASURES_TABLE),
    listFor: (timeLeft) => sesList({ client, clock, pace, timeLeft }),
    now: () => new Date().toISOString(),
    logger,
  }),
).use(injectLambdaContext(logger));
