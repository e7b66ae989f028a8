import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

/** A handler as Lambda calls it. */
type Handler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/**
 * What every function exports: a handler whose log lines name the request and the function.
 * @param create builds the handler once, when the function is loaded
 */
export const lambdaFunction = <Event, Result>(create: (logger: Logger) => Handler<Event, Result>) => {
  const logger = new Logger();
  return middy(create(logger)).use(injectLambdaContext(logger));
};
