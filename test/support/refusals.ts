import type { RouteKey } from '../../lambdas/http/contract.ts';
import { Problem } from '../../lambdas/http/problem.ts';
import { readRequest } from '../../lambdas/http/request.ts';
import { httpRequest } from './http-request.ts';

export const NOW = '2026-11-25T12:00:00.000Z';

/** The error messages of a rejected request, by parameter. */
export const refusals = (key: RouteKey, parameters: Parameters<typeof httpRequest>[1]) => {
  try {
    readRequest(key, httpRequest(key, parameters), NOW);
  } catch (error) {
    if (error instanceof Problem && error.body.status === 400) {
      return (error.body.errors ?? []).map(({ parameter, message }) => `${parameter} ${message}`);
    }
    throw error;
  }
  return [];
};
