import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { eventBus } from '../../aws/event-bus.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { lambdaFunction } from '../../runtime/lambda-function.ts';
import { createHandler } from './handler.ts';

const environment = readEnvironment('EVENT_BUS');
/** The variables that the stack sets for this function. */
export type Environment = typeof environment;

const { EVENT_BUS } = environment;
// A request that hangs would take the function's whole time; EventBridge answers in milliseconds. What fails is sent again
// by the store, which looks at the time that is left.
const client = new EventBridgeClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

export const handler = lambdaFunction((logger) => createHandler({ bus: eventBus(client, EVENT_BUS, sleep), logger }));
