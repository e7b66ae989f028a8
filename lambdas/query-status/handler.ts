import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { asksForCsv } from '../http/accept.ts';
import { type Answer, answerResult, problemResult } from '../http/answer.ts';
import type { RouteKey } from '../http/contract.ts';
import { internalError, Problem } from '../http/problem.ts';
import { readRequest } from '../http/request.ts';
import { isRouteKey, misrouted } from '../http/routing.ts';
import { createRoutes, type Dependencies, type Routes } from './routes.ts';

/** Answers the HTTP API: finds the route, checks the request against the contract, and turns what is thrown into HTTP. */
export const createHandler = ({
  logger,
  ...dependencies
}: Dependencies & { readonly logger: Pick<Logger, 'error'> }) => {
  const routes = createRoutes(dependencies);
  const { now } = dependencies;
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    try {
      const answer = await answerTo(event, routes, now());
      return answerResult(answer, { requestId, csv: asksForCsv(event.headers.accept) });
    } catch (error) {
      const problem = error instanceof Problem ? error : internalError(error);
      if (problem.body.status >= 500) {
        // Nothing of the request but its id: paths, parameters and what the SDK says of keys hold addresses.
        logger.error('request failed', { code: problem.body.type, error: nameOf(problem.cause), requestId });
      }
      return problemResult(problem, requestId);
    }
  };
};

const answerTo = (event: APIGatewayProxyEventV2, routes: Routes, now: string): Promise<Answer> => {
  const { routeKey, requestContext, rawPath } = event;
  if (!isRouteKey(routeKey)) throw misrouted(requestContext.http.method, rawPath);
  return call(routes, routeKey, event, now);
};

const call = async <Key extends RouteKey>(
  routes: Routes,
  key: Key,
  event: APIGatewayProxyEventV2,
  now: string,
): Promise<Answer> => routes[key](readRequest(key, event, now));

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
