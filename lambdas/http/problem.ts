/** What is wrong with one parameter or body field, and what would be right. Never its value: values are personal data. */
export type ParameterError = Readonly<{ parameter: string; message: string }>;

type Told = Readonly<{
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: readonly ParameterError[];
}>;

/** An answer other than the one hoped for, as RFC 9457 has it. Thrown anywhere; the handler turns it into HTTP. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The body of the answer. `type` is stable: programs tell problems apart by it. */
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
    detail: 'See errors: each says what is wrong and what would be right.',
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

/** 409: what is asked for cannot be done as things stand; `detail` says why. */
export const conflict = (detail: string): Problem =>
  new Problem({ type: 'conflict', title: 'Not as things stand', status: 409, detail });

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

/** 404: `detail` says what was not found. */
export const notFound = (detail: string): Problem =>
  new Problem({ type: 'not-found', title: 'Not found', status: 404, detail });

/** 404: no path of the contract. */
export const noRoute = (): Problem =>
  new Problem({ type: 'no-route', title: 'No such path', status: 404, detail: 'This API has no such path.' });

/** 405: a path of the contract, by a method it does not take. */
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
        'Something went wrong on our side. Try again; if it stays, give your administrator the x-request-id of this answer.',
    },
    { cause },
  );

/** 503: the time of the function ran out before all of the request was done. What was done is kept. */
export const outOfTime = (): Problem =>
  new Problem({
    type: 'out-of-time',
    title: 'The time for the request ran out',
    status: 503,
    detail:
      'Send the same request again with the same Idempotency-Key: it goes on where this one stopped, and nothing is done twice.',
  });

/** 503: for whoever asks after the health of the store. */
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
