import { erasureQueue } from '../../aws/sqs/erasure-queue.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { emailEraser } from '../../store/emails/erase-emails.ts';
import { erasures } from '../../store/erasures/erasures.ts';
import { suppressionEraser } from '../../store/suppressions/erase-suppression.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'ERASURES_TABLE', 'ERASURE_QUEUE_URL');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, ERASURES_TABLE, ERASURE_QUEUE_URL } = environment;
const client = connectDocuments();
const sqs = connectQueues();

export const handler = lambdaFunction((logger) =>
  createHandler({
    erasures: erasures(client, ERASURES_TABLE),
    emails: emailEraser(client, EMAIL_STATUS_TABLE),
    suppressions: suppressionEraser(client, SUPPRESSIONS_TABLE),
    queue: erasureQueue(sqs, ERASURE_QUEUE_URL),
    now: () => new Date().toISOString(),
    logger,
  }),
);
