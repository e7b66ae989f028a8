import type { APIGatewayProxyEventV2 } from 'aws-lambda';

type Asked = Readonly<{
  path?: Record<string, string>;
  query?: string;
  body?: string;
  isBase64Encoded?: boolean;
  headers?: Record<string, string>;
}>;

/** An event as an HTTP API passes it to its function, payload format 2.0, for a route such as `GET /v1/health`. */
export const httpRequest = (routeKey: string, { path = {}, query = '', ...body }: Asked = {}) => {
  const [method = '', template = ''] = routeKey.split(' ');
  const rawPath = template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: query,
    headers: {},
    pathParameters: path,
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', http: { method, path: rawPath } },
    ...body,
  } as unknown as APIGatewayProxyEventV2;
};

/** The event of an API Gateway request that no route matches. */
export const strayRequest = (method: string, rawPath: string, routeKey = '$default'): APIGatewayProxyEventV2 => {
  const event = httpRequest(`${method} ${rawPath}`);
  return { ...event, routeKey };
};
