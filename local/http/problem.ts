import { type Answer, json } from './exchange.ts';

/** An error of the local routes, in the format of the API's errors (RFC 9457). */
export const problem = (status: number, title: string, detail: string, headers: Answer['headers'] = {}): Answer =>
  json(
    status,
    { type: 'about:blank', title, status, detail },
    { 'content-type': 'application/problem+json', ...headers },
  );
