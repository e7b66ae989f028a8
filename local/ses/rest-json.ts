/**
 * The HTTP form of SESv2: Smithy's restJson1. A request is a method, a path and a JSON body; an error is a status, the
 * header `x-amzn-ErrorType` and `{ "message": … }`.
 */

/** An HTTP request from the local server. */
export type SesRequest = Readonly<{
  method: string;
  /** As received: still percent-encoded, without the query. */
  path: string;
  query: URLSearchParams | string | Readonly<Record<string, string | readonly string[] | undefined>>;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string | Uint8Array | undefined;
}>;

export type SesAnswer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** No response is sent: the connection is closed instead. */
  dropped?: true;
}>;

/** An error by SES's own name: the SDK derives its exception class from `code`. */
export class SesError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The input is invalid. */
export const badRequest = (message: string): SesError => new SesError('BadRequestException', message);

/** The requested resource does not exist. */
export const notFound = (message: string): SesError => new SesError('NotFoundException', message, 404);

/** A JSON object from outside; its members are not yet validated. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The request's JSON object; `{}` without a body.
 *
 * @throws SesError SerializationException if the body is not a JSON object
 */
export const readBody = ({ body }: SesRequest): Members => {
  const text = Buffer.from(body ?? '').toString('utf8');
  if (text.trim() === '') return {};
  const value = parse(text);
  if (!isMembers(value)) throw new SesError('SerializationException', 'The request body is not a JSON object.');
  return value;
};

/** The query as URLSearchParams, whatever form the server uses. */
export const readQuery = ({ query }: SesRequest): URLSearchParams => {
  if (typeof query === 'string' || query instanceof URLSearchParams) return new URLSearchParams(query);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) search.append(name, one);
  }
  return search;
};

/** A string member; `undefined` if absent or null. @throws SesError SerializationException on any other type */
export const textMember = (members: Members, name: string): string | undefined => {
  const value = members[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw wrongType(name, 'a string');
  return value;
};

/** An object member; `undefined` if absent or null. @throws SesError SerializationException on any other type */
export const objectMember = (members: Members, name: string): Members | undefined => {
  const value = members[name] ?? undefined;
  if (value !== undefined && !isMembers(value)) throw wrongType(name, 'an object');
  return value;
};

/** A list of strings; empty if absent. @throws SesError SerializationException on any other type */
export const textsMember = (members: Members, name: string): readonly string[] =>
  list(members, name).map((value) => {
    if (typeof value !== 'string') throw wrongType(name, 'a list of strings');
    return value;
  });

/** A list of objects; empty if absent. @throws SesError SerializationException on any other type */
export const objectsMember = (members: Members, name: string): readonly Members[] =>
  list(members, name).map((value) => {
    if (!isMembers(value)) throw wrongType(name, 'a list of objects');
    return value;
  });

/** A 200 response with a JSON body. */
export const answer = (body: object): SesAnswer => ({ status: 200, headers: JSON_HEADERS, body: JSON.stringify(body) });

/** An error as SES returns it: an SesError by its name, anything else as an internal failure. */
export const errorAnswer = (error: unknown): SesAnswer => {
  const { code, status, message } =
    error instanceof SesError ? error : new SesError('InternalFailure', `The simulated SES failed: ${error}`, 500);
  return {
    status,
    headers: { ...JSON_HEADERS, 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  };
};

const JSON_HEADERS = { 'content-type': 'application/json' };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (members: Members, name: string): readonly unknown[] => {
  const value = members[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, 'a list');
  return value;
};

const wrongType = (name: string, wanted: string) =>
  new SesError('SerializationException', `${name} must be ${wanted}.`);
