import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { createHandler } from './handler.ts';

const logger = new Logger();

export const handler = middy(createHandler({ now: () => new Date().toISOString(), logger })).use(
  injectLambdaContext(logger),
);
