import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import contract from '../../lambdas/http/openapi.json' with { type: 'json' };

/** What a caller's token must allow. */
export type Scope = 'read' | 'write' | 'approve';

/** One operation of the contract, as a route of an HTTP API. */
export type ContractRoute = Readonly<{
  method: HttpMethod;
  path: string;
  scope: Scope;
  /** The name of the function that answers; query-status where none is named. */
  function: string | undefined;
}>;

/** One that everybody may ask. */
export type PublicRoute = Omit<ContractRoute, 'scope' | 'function'> & Readonly<{ function: string }>;

/**
 * The routes the OpenAPI file names, in its order, but for the public ones.
 *
 * @throws Error where an operation has no usable `x-mailtrail-scope`: a route without a scope would take every token
 */
export const contractRoutes = (paths: object = contract.paths): readonly ContractRoute[] =>
  operationsOf(paths)
    .filter(({ operation }) => !isPublic(operation))
    .map(({ method, path, operation }) => {
      const answers = operation['x-mailtrail-function'];
      const scope = scopeOf(operation, `${method} ${path}`);
      return { method, path, scope, function: typeof answers === 'string' ? answers : undefined };
    });

/**
 * The routes that it says need no authorization (`"security": []`).
 *
 * @throws Error where one names no function: what everybody may ask has a function of its own
 */
export const publicRoutes = (paths: object = contract.paths): readonly PublicRoute[] =>
  operationsOf(paths)
    .filter(({ operation }) => isPublic(operation))
    .map(({ method, path, operation }) => {
      const answers = operation['x-mailtrail-function'];
      if (typeof answers === 'string') return { method, path, function: answers };
      throw new Error(`openapi.json: ${method} ${path} is public and needs an "x-mailtrail-function" of its own`);
    });

/** What an IAM principal is allowed: to read, to send, to approve campaigns, or to manage suppressions and erase people. */
export type RouteGrant = 'read' | 'send' | 'approve' | 'manage';

/** The ARNs for execute-api:Invoke of the routes that a grant covers; parameters of a path are any value. */
export const routeArns = (api: HttpApi, grant: RouteGrant): readonly string[] =>
  contractRoutes()
    .filter((route) => grantOf(route) === grant)
    // An HTTP API's execution ARN is of a stage, here the only one (API Gateway guide, http-api-access-control-iam).
    .map(({ method, path }) => api.arnForExecuteApi(method, path.replaceAll(/\{[^}]+\}/g, '*'), '$default'));

const grantOf = ({ scope, function: name }: ContractRoute): RouteGrant =>
  scope !== 'write' ? scope : name === 'accept-mail' ? 'send' : 'manage';

type Operation = Readonly<Record<string, unknown>>;

const operationsOf = (paths: object) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.values(HttpMethod).flatMap((method) => {
      const operation: Operation | undefined = item[method.toLowerCase()];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );

const isPublic = ({ security }: Operation): boolean => Array.isArray(security) && security.length === 0;

const scopeOf = (operation: Operation, route: string): Scope => {
  const scope = operation['x-mailtrail-scope'];
  if (scope === 'read' || scope === 'write' || scope === 'approve') return scope;
  throw new Error(
    `openapi.json: ${route} needs "x-mailtrail-scope": "read", "write" or "approve", and has ${JSON.stringify(scope)}`,
  );
};
