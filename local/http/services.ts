import type { SimulatedSes } from '../ses/simulated-ses.ts';
import { type Answer, json, type Request, split } from './exchange.ts';
import type { HttpApi } from './http-api.ts';
import { invoke, isInvocation } from './lambda-calls.ts';
import { answerLocally, LOCAL_BODY_BYTES, type LocalStack } from './local-routes.ts';
import type { Service } from './server.ts';
import { askSqs, isSqs } from './sqs-calls.ts';

/** The most bytes an HTTP API takes (API Gateway guide, http-api-quotas), and SESv2 (SES guide, quotas). */
const API_BODY_BYTES = 10 * 1_048_576;
const SES_BODY_BYTES = 40 * 1_048_576;

/** What answers on the local stack's one port: by path its own routes, the simulated SES, the calls of
 * SQS and Lambda that functions and commands make, and the API for all else. */
export const services = (api: HttpApi | undefined, ses: SimulatedSes, stack: LocalStack): Service => ({
  handle: (request) => {
    if (isLocal(request.target)) return answerLocally(request, stack);
    if (isSes(request.target)) return askSes(request, ses);
    if (isSqs(request)) return askSqs(request, stack.queues);
    if (isInvocation(request)) return invoke(request, stack.functions);
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
