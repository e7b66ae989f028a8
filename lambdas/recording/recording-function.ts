import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lambdaFunction } from '../runtime/lambda-function.ts';
import { connectDocuments } from '../store/dynamodb/document-client.ts';
import { factRecorder } from '../store/emails/record-facts.ts';
import { erasedReader } from '../store/erasures/erased-recipients.ts';
import { suppressionRecorder } from '../store/suppressions/record-change.ts';
import type { RecordingDependencies, SuppressingDependencies } from './dependencies.ts';
import { batchRecorder } from './record-batch.ts';

type Environment = Readonly<{ EMAIL_STATUS_TABLE: string; ERASURES_TABLE: string; RETENTION_DAYS: string }>;
type SuppressingEnvironment = Environment & Readonly<{ SUPPRESSIONS_TABLE: string }>;

/** Records a batch as `recordBatch` does, or with a step of its own. */
type CreateHandler<Dependencies> = (
  dependencies: Dependencies,
  dynamodb: DynamoDBDocumentClient,
) => (event: SQSEvent) => Promise<SQSBatchResponse>;

/** The function of a topic: its clients, its logger and the handler. */
export const recordingFunction = (
  environment: Environment,
  createHandler: CreateHandler<RecordingDependencies> = batchRecorder,
) =>
  lambdaFunction((logger) => {
    const dynamodb = connectDocuments();
    return createHandler(dependenciesOf(dynamodb, environment, logger), dynamodb);
  });

/** The function of a topic whose events also change the suppression list. */
export const suppressingFunction = (
  environment: SuppressingEnvironment,
  createHandler: CreateHandler<SuppressingDependencies> = batchRecorder,
) =>
  lambdaFunction((logger) => {
    const dynamodb = connectDocuments();
    const recordSuppression = suppressionRecorder(dynamodb, environment.SUPPRESSIONS_TABLE);
    return createHandler({ ...dependenciesOf(dynamodb, environment, logger), recordSuppression }, dynamodb);
  });

const dependenciesOf = (
  dynamodb: DynamoDBDocumentClient,
  environment: Environment,
  logger: Logger,
): RecordingDependencies => ({
  recordFacts: factRecorder(dynamodb, environment.EMAIL_STATUS_TABLE),
  erasedPeople: erasedReader(dynamodb, environment.ERASURES_TABLE),
  retentionDays: Number(environment.RETENTION_DAYS),
  now: Date.now,
  logger,
  metrics: new Metrics(),
});
