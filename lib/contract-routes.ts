import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import contract from '../lambdas/http/openapi.json' with { type: 'json' };

/** What a caller's token must allow. */
export type Scope = 'read' | 'write' | 'approve';

/** One operation of the contract, as a route of an HTTP API. */
export type ContractRoute = Readonly<{
  method: HttpMethod;
  path: string;
  scope: Scope;
  /** The folder in lambdas/ of the function that answers; query-status where none is named. */
  function: string | undefined;
}>;

/**
 * The routes the OpenAPI file names, in its order.
 *
 * @throws Error where an operation has no usable `x-mailtrail-scope`: a route without a scope would take every token
 */
export const contractRoutes = (paths: object = contract.paths): readonly ContractRoute[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.values(HttpMethod).flatMap((method) => {
      const operation: Readonly<Record<string, unknown>> | undefined = item[method.toLowerCase()];
      if (operation === undefined) return [];
      const answers = operation['x-mailtrail-function'];
      const scope = scopeOf(operation, `${method} ${path}`);
      return [{ method, path, scope, function: typeof answers === 'string' ? answers : undefined }];
    }),
  );

const scopeOf = (operation: Readonly<Record<string, unknown>>, route: string): Scope => {
  const scope = operation['x-mailtrail-scope'];
  if (scope === 'read' || scope === 'write' || scope === 'approve') return scope;
  throw new Error(
    `openapi.json: ${route} needs "x-mailtrail-scope": "read", "write" or "approve", and has ${JSON.stringify(scope)}`,
  );
};
