import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { connectDocuments } from '../store/dynamodb/document-client.ts';
import { factRecorder } from '../store/emails/record-facts.ts';
import { erasedReader } from '../store/erasures/erased-recipients.ts';
import { suppressionRecorder } from '../store/suppressions/record-change.ts';
import type { RecordingDependencies, SuppressingDependencies } from './dependencies.ts';

type Environment = Readonly<{ EMAIL_STATUS_TABLE: string; ERASURES_TABLE: string; RETENTION_DAYS: string }>;
type SuppressingEnvironment = Environment & Readonly<{ SUPPRESSIONS_TABLE: string }>;

type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** The clients, the logger and middy around a handler that records what its topic brings. */
export const recordingFunction = (
  createHandler: (dependencies: RecordingDependencies) => Handler,
  environment: Environment,
) => wire(createHandler(dependenciesOf(connectDocuments(), environment)));

/** The same for a topic whose events also change the suppression list. `dynamodb` is for a handler that reads too. */
export const suppressingFunction = (
  createHandler: (dependencies: SuppressingDependencies, dynamodb: DynamoDBDocumentClient) => Handler,
  environment: SuppressingEnvironment,
) => {
  const dynamodb = connectDocuments();
  const recordSuppression = suppressionRecorder(dynamodb, environment.SUPPRESSIONS_TABLE);
  return wire(createHandler({ ...dependenciesOf(dynamodb, environment), recordSuppression }, dynamodb));
};

const logger = new Logger();

const dependenciesOf = (dynamodb: DynamoDBDocumentClient, environment: Environment): RecordingDependencies => ({
  recordFacts: factRecorder(dynamodb, environment.EMAIL_STATUS_TABLE),
  erasedPeople: erasedReader(dynamodb, environment.ERASURES_TABLE),
  retentionDays: Number(environment.RETENTION_DAYS),
  now: Date.now,
  logger,
  metrics: new Metrics(),
});

const wire = (handler: Handler) => middy(handler).use(injectLambdaContext(logger));
