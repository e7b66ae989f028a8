import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from './problem.ts';

/** What a route answers: a JSON body and how it went. */
export type Answer = Readonly<{ status: 200 | 201; body: object }>;

export const ok = (body: object): Answer => ({ status: 200, body });
export const created = (body: object): Answer => ({ status: 201, body });

export const answerResult = ({ status, body }: Answer, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', ...headersOf(requestId) },
  body: JSON.stringify(body),
});

export const problemResult = ({ body, headers }: Problem, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: body.status,
  headers: { 'content-type': 'application/problem+json', ...headersOf(requestId), ...headers },
  body: JSON.stringify(body),
});

// Nothing between here and the caller may keep what holds personal data, or what may be otherwise in a second.
const headersOf = (requestId: string) => ({ 'x-request-id': requestId, 'cache-control': 'no-store' });
