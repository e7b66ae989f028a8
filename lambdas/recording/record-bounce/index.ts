import { readEnvironment } from '../../runtime/environment.ts';
import { lastEmails } from '../../store/emails/last-emails-to.ts';
import { suppressingFunction } from '../recording-function.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment(
  'EMAIL_STATUS_TABLE',
  'SUPPRESSIONS_TABLE',
  'ERASURES_TABLE',
  'RETENTION_DAYS',
  'SOFT_BOUNCES',
  'SOFT_BOUNCE_HOURS',
  'SOFT_BOUNCE_DAYS',
);
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;
const { SOFT_BOUNCES, SOFT_BOUNCE_HOURS, SOFT_BOUNCE_DAYS } = environment;

export const handler = suppressingFunction(environment, (dependencies, dynamodb) =>
  createHandler({
    ...dependencies,
    lastEmails: lastEmails(dynamodb, environment.EMAIL_STATUS_TABLE),
    rule: { bounces: Number(SOFT_BOUNCES), hours: Number(SOFT_BOUNCE_HOURS), days: Number(SOFT_BOUNCE_DAYS) },
  }),
);
