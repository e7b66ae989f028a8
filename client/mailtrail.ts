import type { FetchOptions, FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './openapi.gen.ts';

/** The HTTP methods of the routes. */
export type Method = 'get' | 'put' | 'post' | 'delete';

/** The paths that have a route for the method. */
export type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Readonly<Record<M, object>> ? P : never;
}[keyof paths];

/** A route as described in the contract. */
type Route<M extends Method, P extends Path<M>> = Extract<paths[P][M], object>;

/** The input of a route: its parameters, its body, and an abort signal. */
export type Init<M extends Method, P extends Path<M>> = Pick<FetchOptions<Route<M, P>>, 'params' | 'body' | 'signal'>;

/** The response body of a route on success. */
export type Data<M extends Method, P extends Path<M>> = NonNullable<
  FetchResponse<Route<M, P>, Record<never, never>, 'application/json'>['data']
>;

/** The data, and the response with its status and headers. */
export type Answer<M extends Method, P extends Path<M>> = Readonly<{ data: Data<M, P>; response: Response }>;

/** The paths of paginated lists. */
export type ListPath = {
  [P in Path<'get'>]: 'nextCursor' extends keyof Data<'get', P> ? P : never;
}[Path<'get'>];

/** An entry of a list. */
export type Entry<P extends ListPath> = Data<'get', P> extends { items: readonly (infer E)[] } ? E : never;

/** The paths of lists that are also available as CSV. */
export type CsvPath = {
  [P in ListPath]: paths[P]['get'] extends { responses: { 200: { content: { 'text/csv': string } } } } ? P : never;
}[ListPath];

/** The init of a route; optional if the route requires nothing of it. */
type Given<M extends Method, P extends Path<M>> =
  undefined extends MaybeOptionalInit<paths[P], M> ? [init?: Init<M, P>] : [init: Init<M, P>];

type Ask<M extends Method> = <P extends Path<M>>(path: P, ...init: Given<M, P>) => Promise<Answer<M, P>>;

/**
 * Mailtrail's API. Every method throws a `MailtrailError` for an error response, and `fetch`'s own error if there is no
 * response. Nothing is retried.
 */
export type Mailtrail = Readonly<{
  GET: Ask<'get'>;
  PUT: Ask<'put'>;
  POST: Ask<'post'>;
  DELETE: Ask<'delete'>;
  /** The entries of a list one after the other; each further page is requested when its first entry is read. */
  each: <P extends ListPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<Entry<P>, void, undefined>;
  /** The same page by page, each with its `applied` filters. A page of a filtered list may be empty. */
  pages: <P extends ListPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<Data<'get', P>, void, undefined>;
  /** A list as CSV, page by page; concatenated, the pages are one document with one header row. */
  csv: <P extends CsvPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<string, void, undefined>;
}>;
