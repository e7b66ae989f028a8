import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SimulatedSes } from '../ses/simulated-ses.ts';
import { askEventBridge, isEventBridge } from './eventbridge-api.ts';
import { type Answer, json, type Request, split } from './exchange.ts';
import type { HttpApi } from './http-api.ts';
import { invoke, isInvocation } from './lambda-api.ts';
import { answerLocally, LOCAL_BODY_BYTES, type LocalStack } from './local-routes.ts';
import { askScheduler, isScheduler } from './scheduler-api.ts';
import { askSecretsManager, isSecretsManager } from './secrets-manager-api.ts';
import type { Service } from './server.ts';
import { askSqs, isSqs } from './sqs-api.ts';

/** The most bytes an HTTP API accepts (API Gateway guide, http-api-quotas), and SESv2 (SES guide, quotas). */
const API_BODY_BYTES = 10 * 1_048_576;
const SES_BODY_BYTES = 40 * 1_048_576;

export type Served = Readonly<{
  api: HttpApi | undefined;
  ses: SimulatedSes;
  scheduler: Scheduler;
  secrets: Secrets;
  local: LocalStack;
}>;

/**
 * Routes the requests to the local stack's port by path: its own routes, the simulated SES, the other AWS services that
 * functions and commands call, and the API for everything else.
 */
export const services = ({ api, ses, scheduler, secrets, local }: Served): Service => ({
  handle: (request) => {
    if (isLocal(request.target)) return answerLocally(request, local);
    if (isSes(request.target)) return askSes(request, ses);
    if (isSqs(request)) return askSqs(request, local.queues);
    if (isEventBridge(request)) return askEventBridge(request, local.eventBuses);
    if (isSecretsManager(request)) return askSecretsManager(request, secrets);
    if (isScheduler(request)) return askScheduler(request, scheduler);
    if (isInvocation(request)) return invoke(request, local.functions);
    return api ? api.handle(request) : Promise.resolve(json(404, { message: 'Not Found' }));
  },
  mostBytes: (target) => (isLocal(target) ? LOCAL_BODY_BYTES : isSes(target) ? SES_BODY_BYTES : API_BODY_BYTES),
});

const isLocal = (target: string): boolean => target.startsWith('/local/');
const isSes = (target: string): boolean => target.startsWith('/v2/email/');

const askSes = async ({ method, target, headers, body }: Request, ses: SimulatedSes): Promise<Answer> => {
  const { path, query } = split(target);
  const answer = await ses.handle({ method, path, query, headers, body });
  return answer ?? json(404, { message: 'Not Found' });
};
