import type { Logger } from '@aws-lambda-powertools/logger';
import { serve } from '../../http/serve.ts';
import type { Dependencies } from './dependencies.ts';
import { createRoutes } from './routes.ts';

/** Answers the HTTP API, but for the routes that the contract gives to other functions. */
export const createHandler = ({ logger, ...dependencies }: Dependencies & { readonly logger: Pick<Logger, 'error'> }) =>
  serve<'query-status'>(createRoutes(dependencies), { now: dependencies.now, logger });
