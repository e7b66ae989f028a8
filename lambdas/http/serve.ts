import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { errorName } from '../runtime/error-name.ts';
import { asksForCsv } from './accept.ts';
import { type Answer, answerResult, problemResult } from './answer.ts';
import type { Contract, RouteKey } from './contract.ts';
import { internalError, Problem } from './problem.ts';
import { type CheckOptions, type Request, readRequest } from './request.ts';
import { misrouted } from './routing.ts';

/** What answers a request of one route. Throws Problem for what is no answer. */
export type Route<Key extends RouteKey> = (request: Request<Key>) => Promise<Answer>;

/** The function that the contract gives a route to. */
type FunctionOf<Key extends RouteKey> = Contract[Key] extends { function: infer Name } ? Name : 'query-status';

/**
 * One for every route that the contract gives a function: one added there does not compile until something answers it.
 */
export type Routes<Name> = Readonly<{
  [Key in RouteKey as FunctionOf<Key> extends Name ? Key : never]: Route<Key>;
}>;

type Around = Readonly<{
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'error'>;
}> &
  CheckOptions;

/**
 * Answers the HTTP API: finds the route, checks the request against the contract, and turns what is thrown into HTTP.
 */
export const serve =
  <Name extends string>(routes: Routes<Name>, { now, logger, ...reading }: Around) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    try {
      const answer = await answerTo(event, routes, now(), reading);
      return answerResult(answer, { requestId, csv: asksForCsv(event.headers.accept) });
    } catch (error) {
      const problem = error instanceof Problem ? error : internalError(error);
      if (problem.body.status >= 500) {
        // Nothing of the request but its id: paths, parameters and the SDK's messages about keys contain addresses.
        logger.error('request failed', { code: problem.body.type, error: errorName(problem.cause), requestId });
      }
      return problemResult(problem, requestId);
    }
  };

type AnyRoute = (request: Request<RouteKey>) => Promise<Answer>;

const answerTo = (
  event: APIGatewayProxyEventV2,
  routes: object,
  now: string,
  reading: CheckOptions,
): Promise<Answer> => {
  const { routeKey, requestContext, rawPath } = event;
  // API Gateway found no route of the contract: it is its catch-all.
  if (!Object.hasOwn(routes, routeKey)) throw misrouted(requestContext.http.method, rawPath);
  const key = routeKey as RouteKey;
  return (routes as Readonly<Record<RouteKey, AnyRoute>>)[key](
    readRequest(key, event, now, reading) as Request<RouteKey>,
  );
};
