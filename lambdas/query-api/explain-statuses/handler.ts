import type { Logger } from '@aws-lambda-powertools/logger';
import { serve } from '../../http/serve.ts';
import { listStatuses } from './list-statuses.ts';

type Dependencies = Readonly<{
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'error'>;
}>;

/** Answers the one route that needs no table: what the statuses mean. No other bundle contains these texts. */
export const createHandler = (around: Dependencies) =>
  serve<'explain-statuses'>({ 'GET /v1/statuses': listStatuses() }, around);
