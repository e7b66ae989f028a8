import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { checkBody } from './body.ts';
import { callerOf } from './caller.ts';
import { CONTRACT } from './contract.gen.ts';
import type { Contract, RouteKey } from './contract.ts';
import { type After, writeCursor } from './cursor.ts';
import { readInstant } from './instant.ts';
import { resolveList } from './list.ts';
import { type Checked, type CheckedError, checkNamed } from './named.ts';
import { NO_CURSOR, readParameter } from './parameter.ts';
import { invalid } from './problem.ts';
import type { AnyValue, CheckedValues, GivenAddress, Operation, OwnFormats, ParameterSchemas } from './schema.ts';

/** A request that has been checked against the contract: every value is what its operation's schema says. */
export type Request<Key extends RouteKey> = Readonly<{
  path: CheckedValues<Contract[Key]['path']>;
  query: CheckedValues<Contract[Key]['query']> & Windowed<Contract[Key]>;
  body: CheckedValues<Contract[Key]['body']>;
  header: Contract[Key] extends { header: infer Header } ? CheckedValues<Header> : unknown;
  /** The caller, as identified by API Gateway. */
  caller: string;
  /** Of a list: the last key the page before consumed in a shard, with these parts; `undefined` on the first page. */
  after: <Part extends string>(shard: number, ...parts: readonly Part[]) => Readonly<Record<Part, string>> | undefined;
  /** Of a list: the cursor of the page after these last keys. */
  nextCursor: (after: After) => string;
}>;

/** A list with a window always has one: it is resolved where it was not given. */
type Windowed<Of> = Of extends { window: object } ? Readonly<{ from: string; to: string }> : unknown;

/** What requests are checked by, beside what all functions have. */
export type CheckOptions = Readonly<{
  contract?: Readonly<Record<string, Operation>>;
  /** The formats of the contract's own fields. */
  formats?: OwnFormats;
}>;

type Event = Pick<
  APIGatewayProxyEventV2,
  'pathParameters' | 'rawQueryString' | 'body' | 'isBase64Encoded' | 'headers' | 'requestContext'
>;

/**
 * Checks a request of a route of the contract, at `now` (ISO 8601 UTC with milliseconds).
 * @throws Problem (400) that names every bad parameter at once.
 */
export const readRequest = <Key extends RouteKey>(
  key: Key,
  event: Event,
  now: string,
  { contract = CONTRACT, formats }: CheckOptions = {},
): Request<Key> => {
  const operation = contract[key];
  if (operation === undefined) throw new Error(`${key} is checked by another contract`);
  const path = checkNamed(operation.path, Object.entries(event.pathParameters ?? {}).map(fromPath), {
    whole: 'path',
    called: 'part of this path',
    read: readParameter,
  });
  const query = checkNamed(operation.query, [...new URLSearchParams(event.rawQueryString)], {
    whole: 'query',
    called: 'parameter',
    read: readParameter,
  });
  const body = checkBody(operation.body, event, formats);
  const header = operation.header && checkHeader(operation.header, event.headers);
  const list = path.errors.length === 0 ? nameOf(key, path) : '';
  // With an invalid path the list is unknown, so a cursor cannot be checked.
  const asked = list === '' ? undefined : resolveList(operation, query.values, { list, now });

  const errors: readonly CheckedError[] = [path, header, query, body, asked].flatMap(
    (checked) => checked?.errors ?? [],
  );
  if (errors.some(({ isOfItem }) => !isOfItem) || asked === undefined) {
    throw invalid(errors.map(({ parameter, message }) => ({ parameter, message })));
  }
  const { after, filters } = asked;
  return {
    path: path.values,
    query: asked.values,
    body: body.values,
    header: header?.values ?? {},
    caller: callerOf(event.requestContext),
    after: (shard, ...parts) => after && lastKey(after, shard, parts, asked.values),
    nextCursor: (last) => writeCursor(list, { after: last, filters }),
  } as Request<Key>;
};

/** API Gateway writes names in lower case, and joins repeated ones with commas. */
const checkHeader = (schemas: ParameterSchemas, headers: Event['headers']): Checked =>
  checkNamed(
    schemas,
    Object.entries(headers).flatMap(([name, text]) =>
      text !== undefined && Object.hasOwn(schemas, name) ? [[name, text] as const] : [],
    ),
    { whole: 'headers', called: 'header', read: readParameter },
  );

const fromPath = ([name, value]: readonly [string, string | undefined]) => [name, value ?? ''] as const;

/** A list is the route and whose it is; a cursor of another is refused. */
const nameOf = (key: RouteKey, { values }: Checked): string =>
  JSON.stringify([key, ...Object.values(values).map(bare)]);

const bare = (value: AnyValue) => (isAddress(value) ? value.address : value);

const isAddress = (value: AnyValue): value is GivenAddress => typeof value === 'object' && 'spelling' in value;

const lastKey = <Part extends string>(
  after: After,
  shard: number,
  parts: readonly Part[],
  window: Checked['values'],
): Record<Part, string> => {
  const key = after[shard];
  if (key === undefined || parts.some((part) => !key[part]) || !isWithin(key, window)) {
    throw invalid([{ parameter: 'cursor', message: NO_CURSOR }]);
  }
  return Object.fromEntries(parts.map((part) => [part, key[part]])) as Record<Part, string>;
};

/** DynamoDB rejects a start key outside of the query, and a day is derived from a valid time only. */
const isWithin = ({ createdAt }: Readonly<Record<string, string>>, { from, to }: Checked['values']): boolean =>
  createdAt === undefined ||
  (readInstant(createdAt) === createdAt &&
    (typeof from !== 'string' || createdAt >= from) &&
    (typeof to !== 'string' || createdAt < to));
