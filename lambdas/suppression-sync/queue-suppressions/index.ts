import { mirrorQueue } from '../../aws/sqs/mirror-queue.ts';
import { connectQueues } from '../../aws/sqs/queue.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { unmirroredSuppressions } from '../../store/suppressions/mirror-state.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('SUPPRESSIONS_TABLE', 'MIRROR_QUEUE_URL');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { SUPPRESSIONS_TABLE, MIRROR_QUEUE_URL } = environment;
const sqs = connectQueues();

export const handler = lambdaFunction((logger) =>
  createHandler({
    queue: mirrorQueue(sqs, MIRROR_QUEUE_URL),
    unmirrored: unmirroredSuppressions(connectDocuments(), SUPPRESSIONS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
);
