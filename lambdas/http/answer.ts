import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Columns, toCsv } from './csv.ts';
import type { Problem } from './problem.ts';

/** What a route answers: a JSON body and how it went. */
export type Answer = Readonly<{ status: 200 | 201 | 202; body: object }> | ListAnswer;

/** A list that also has a form in CSV. */
type ListAnswer = Readonly<{ status: 200; body: List; columns: Columns }>;

type List = Readonly<{ items: readonly object[]; nextCursor?: string; applied: object }>;

export const ok = (body: object): Answer => ({ status: 200, body });
/** The work has begun, and continues after the answer. */
export const accepted = (body: object): Answer => ({ status: 202, body });
export const created = (body: object): Answer => ({ status: 201, body });
export const list = (body: List, columns: Columns): Answer => ({ status: 200, body, columns });

/** The answer in API Gateway's format; in CSV if it is requested and available. */
export const answerResult = (
  answer: Answer,
  { requestId, csv }: Readonly<{ requestId: string; csv: boolean }>,
): APIGatewayProxyStructuredResultV2 =>
  csv && 'columns' in answer
    ? csvResult(answer, requestId)
    : {
        statusCode: answer.status,
        headers: { 'content-type': 'application/json', ...headersOf(requestId) },
        body: JSON.stringify(answer.body),
      };

/** CSV has no place for a cursor, so it goes into a header. */
const csvResult = ({ status, body, columns }: ListAnswer, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    ...headersOf(requestId),
    ...(body.nextCursor !== undefined && { 'x-next-cursor': body.nextCursor }),
  },
  body: toCsv(columns, body.items),
});

export const problemResult = ({ body, headers }: Problem, requestId: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: body.status,
  headers: { 'content-type': 'application/problem+json', ...headersOf(requestId), ...headers },
  body: JSON.stringify(body),
});

// Nothing between here and the caller may keep what holds personal data, or what may be otherwise in a second.
const headersOf = (requestId: string) => ({ 'x-request-id': requestId, 'cache-control': 'no-store' });
