import type { components } from './openapi.gen.ts';

/** Mailtrail's description of an error (RFC 9457). `errors` lists every invalid parameter. */
export type Problem = components['schemas']['Problem'];

/**
 * An error response. Its message has the route, the status and the title, and no address: it may be logged. If there is
 * no response at all, `fetch`'s own error is thrown instead.
 */
export class MailtrailError extends Error {
  override readonly name = 'MailtrailError';
  /** Such as `GET /v1/messages/{messageId}`. */
  readonly route: string;
  readonly status: number;
  /** Mailtrail's description; undefined for API Gateway's own responses (401, 403, 413, 429, 503). */
  readonly problem: Problem | undefined;
  /** Identifies the log entry. */
  readonly requestId: string | undefined;

  constructor(route: string, response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    // API Gateway's own responses have another header.
    const requestId = response.headers.get('x-request-id') ?? response.headers.get('apigw-requestid') ?? undefined;
    const details = [problem?.title, requestId && `(request ${requestId})`].filter(Boolean);
    super([`${route} responded with ${response.status}`, ...details].join(' '));
    this.route = route;
    this.status = response.status;
    this.problem = problem;
    this.requestId = requestId;
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'type' in body && 'title' in body && 'detail' in body;
