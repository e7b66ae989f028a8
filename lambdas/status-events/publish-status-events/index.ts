import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import middy from '@middy/core';
import { eventBus } from '../../aws/event-bus.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { createHandler } from './handler.ts';

const { EVENT_BUS } = readEnvironment('EVENT_BUS');
const logger = new Logger();
// A request that hangs would take the function's whole time; EventBridge answers in milliseconds. What fails is sent again
// by the store, which looks at the time that is left.
const client = new EventBridgeClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

export const handler = middy(createHandler({ bus: eventBus(client, EVENT_BUS, sleep), logger })).use(
  injectLambdaContext(logger),
);
