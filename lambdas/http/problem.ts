/**
 * What is wrong with one parameter or body field, and what would be right. Never its value: values are personal data.
 */
export type ParameterError = Readonly<{ parameter: string; message: string }>;

type Told = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: readonly ParameterError[];
}>;

/** An error answer in the form of RFC 9457. It can be thrown anywhere; the handler converts it to HTTP. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The body of the answer. `type` is stable: programs distinguish problems by it. */
  readonly body: Told;
  readonly headers: Readonly<Record<string, string>>;

  constructor(told: Told, { headers = {}, cause }: { headers?: Record<string, string>; cause?: unknown } = {}) {
    super(told.title, { cause });
    this.body = { ...told, type: `urn:mailtrail:problem:${told.type}` };
    this.headers = headers;
  }
}

/** 400: every bad parameter at once. */
export const invalid = (errors: readonly ParameterError[]): Problem =>
  new Problem({
    type: 'invalid',
    title: 'The request has parameters that cannot be used',
    status: 400,
    detail: 'See errors: each describes what is wrong and what would be right.',
    errors:
      errors.length <= MOST_ERRORS
        ? errors
        : [
            ...errors.slice(0, MOST_ERRORS),
            { parameter: 'body', message: `has ${errors.length - MOST_ERRORS} more errors than are named here` },
          ],
  });

/** One for each of the most recipients that a request can bring, and an answer far below the 6 MB of Lambda's. */
const MOST_ERRORS = 5_000;

/** 409: the request cannot be done in the current state; `detail` has the reason. */
export const conflict = (detail: string): Problem =>
  new Problem({ type: 'conflict', title: 'Not possible in the current state', status: 409, detail });

/** 409: an Idempotency-Key that another request had. */
export const keyReused = (): Problem =>
  new Problem({
    type: 'idempotency-key-reused',
    title: 'The Idempotency-Key was used for another request',
    status: 409,
    detail: 'Another body was sent with this Idempotency-Key before. Give each request a key of its own.',
  });

/** 409: the same request is being worked on. */
export const stillWorking = (): Problem =>
  new Problem({
    type: 'in-progress',
    title: 'The request is still being worked on',
    status: 409,
    detail:
      'A request with this Idempotency-Key is under way, or broke off less than half a minute ago. Send it again in half a minute: nothing is done twice.',
  });

/** 404: `detail` names what was not found. */
export const notFound = (detail: string): Problem =>
  new Problem({ type: 'not-found', title: 'Not found', status: 404, detail });

/** 404: no path of the contract. */
export const noRoute = (): Problem =>
  new Problem({ type: 'no-route', title: 'No such path', status: 404, detail: 'This API has no such path.' });

/** 405: a path of the contract, with a method it does not have. */
export const methodNotAllowed = (allowed: readonly string[]): Problem =>
  new Problem(
    {
      type: 'method-not-allowed',
      title: 'Method not allowed',
      status: 405,
      detail: `This path takes ${allowed.join(', ')}.`,
    },
    { headers: { allow: allowed.join(', ') } },
  );

/** 500: one sentence for every fault of ours. What it was is for the log alone. */
export const internalError = (cause: unknown): Problem =>
  new Problem(
    {
      type: 'internal-error',
      title: 'Internal error',
      status: 500,
      detail:
        'Something went wrong on our side. Try again; if it persists, give your administrator the x-request-id of this answer.',
    },
    { cause },
  );

/** 503: the function timed out before the request was complete. What was done is kept. */
export const outOfTime = (): Problem =>
  new Problem({
    type: 'out-of-time',
    title: 'The time for the request ran out',
    status: 503,
    detail:
      'Send the same request again with the same Idempotency-Key: it continues where this one stopped, and nothing is done twice.',
  });

/** 503: the answer of the health check if the store cannot be read. */
export const storeUnreachable = (cause: unknown): Problem =>
  new Problem(
    {
      type: 'store-unreachable',
      title: 'The store cannot be read',
      status: 503,
      detail: 'The database did not answer. No event is lost: events wait in their queues until it does.',
    },
    { cause },
  );
