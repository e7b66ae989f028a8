import { LOCAL_ACCOUNT } from '../process/local-dynamodb.ts';
import { type Request, split } from './exchange.ts';
import type { Match } from './routes.ts';

/**
 * The event of an HTTP API, payload format 2.0 (API Gateway guide, http-api-develop-integrations-lambda). Empty fields
 * are absent.
 */
export const httpEvent = (request: Request, path: string, { route, parameters }: Match, apiName: string) => {
  const { query } = split(request.target);
  const { cookie, ...headers } = request.headers;
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/; ?/) }),
    headers,
    ...(query !== '' && { queryStringParameters: queryParameters(query) }),
    requestContext: {
      accountId: LOCAL_ACCOUNT,
      apiId: apiName,
      ...authorizer(route.authorization),
      domainName: request.headers.host ?? '',
      domainPrefix: apiName,
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: route.key,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    ...bodyOf(request),
  };
};

/** Decoded; the values of a repeated name are joined by commas. */
const queryParameters = (query: string): Readonly<Record<string, string>> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
};

/** A caller with every permission: there is no authentication here. */
const authorizer = (authorization: string) => {
  if (authorization === 'JWT') return { authorizer: { jwt: { claims: { sub: 'local' }, scopes: null } } };
  if (authorization !== 'AWS_IAM') return {};
  const userArn = `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`;
  return { authorizer: { iam: { accountId: LOCAL_ACCOUNT, callerId: 'local', userId: 'local', userArn } } };
};

/** Text is passed as text, everything else in base64; like API Gateway, by content type. */
const bodyOf = ({ body, headers }: Request) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i.test(
    headers['content-type'] ?? '',
  );
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

/** `25/Nov/2026:10:00:00 +0000` */
const commonLogTime = (time: Date): string => {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
};
