import type { components } from './openapi.gen.ts';

/** What Mailtrail says of a request it does not do (RFC 9457). `errors` names every bad parameter. */
export type Problem = components['schemas']['Problem'];

/**
 * An answer that is no success. Its message has the route, the status and the title, and no address: it may be logged.
 * What `fetch` throws where there is no answer at all is thrown as it is.
 */
export class MailtrailError extends Error {
  override readonly name = 'MailtrailError';
  /** Such as `GET /v1/messages/{messageId}`. */
  readonly route: string;
  readonly status: number;
  /** Mailtrail's own words; undefined where API Gateway answered by itself (401, 403, 413, 429, 503). */
  readonly problem: Problem | undefined;
  /** By which the log entry is found. */
  readonly requestId: string | undefined;

  constructor(route: string, response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    // API Gateway's own answers have its own header.
    const requestId = response.headers.get('x-request-id') ?? response.headers.get('apigw-requestid') ?? undefined;
    const said = [problem?.title, requestId && `(request ${requestId})`].filter(Boolean);
    super([`${route} was answered ${response.status}`, ...said].join(' '));
    this.route = route;
    this.status = response.status;
    this.problem = problem;
    this.requestId = requestId;
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'type' in body && 'title' in body && 'detail' in body;
