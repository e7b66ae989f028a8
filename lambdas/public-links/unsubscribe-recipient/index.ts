import { connectSecrets, linkSecret } from '../../aws/link-secret.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { connectDocuments } from '../../store/dynamodb/document-client.ts';
import { linkFactRecorder } from '../../store/emails/record-link-fact.ts';
import { unsubscribing } from '../../store/suppressions/unsubscribe.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EMAIL_STATUS_TABLE', 'SUPPRESSIONS_TABLE', 'LINK_SECRET_ARN');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EMAIL_STATUS_TABLE, SUPPRESSIONS_TABLE, LINK_SECRET_ARN } = environment;
const client = connectDocuments();

export const handler = lambdaFunction((logger) =>
  createHandler({
    secret: linkSecret(connectSecrets(), LINK_SECRET_ARN),
    suppressions: unsubscribing(client, SUPPRESSIONS_TABLE),
    emails: linkFactRecorder(client, EMAIL_STATUS_TABLE),
    now: () => new Date().toISOString(),
    logger,
  }),
);
