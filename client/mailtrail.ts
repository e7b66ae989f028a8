import type { FetchOptions, FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from './openapi.gen.ts';

/** The methods that routes have. */
export type Method = 'get' | 'put' | 'post' | 'delete';

/** The paths with a route of the method. */
export type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Readonly<Record<M, object>> ? P : never;
}[keyof paths];

/** A route as the contract describes it. */
type Route<M extends Method, P extends Path<M>> = Extract<paths[P][M], object>;

/** What a route takes: its parameters, its body, and a signal to give up by. */
export type Init<M extends Method, P extends Path<M>> = Pick<FetchOptions<Route<M, P>>, 'params' | 'body' | 'signal'>;

/** What a route answers when all is well. */
export type Data<M extends Method, P extends Path<M>> = NonNullable<
  FetchResponse<Route<M, P>, Record<never, never>, 'application/json'>['data']
>;

/** The data, and the response it came in: its status, its headers. */
export type Answer<M extends Method, P extends Path<M>> = Readonly<{ data: Data<M, P>; response: Response }>;

/** The paths of lists that come in pages. */
export type ListPath = {
  [P in Path<'get'>]: 'nextCursor' extends keyof Data<'get', P> ? P : never;
}[Path<'get'>];

/** An entry of a list. */
export type Entry<P extends ListPath> = Data<'get', P> extends { items: readonly (infer E)[] } ? E : never;

/** The paths of lists that also come as CSV. */
export type CsvPath = {
  [P in ListPath]: paths[P]['get'] extends { responses: { 200: { content: { 'text/csv': string } } } } ? P : never;
}[ListPath];

/** The init of a route; it may be left out where nothing of it is required. */
type Given<M extends Method, P extends Path<M>> =
  undefined extends MaybeOptionalInit<paths[P], M> ? [init?: Init<M, P>] : [init: Init<M, P>];

type Ask<M extends Method> = <P extends Path<M>>(path: P, ...init: Given<M, P>) => Promise<Answer<M, P>>;

/**
 * Mailtrail's API. Every method throws a `MailtrailError` for an answer that is no success, and what `fetch` throws where
 * there is none. Nothing is tried again.
 */
export type Mailtrail = Readonly<{
  GET: Ask<'get'>;
  PUT: Ask<'put'>;
  POST: Ask<'post'>;
  DELETE: Ask<'delete'>;
  /** The entries of a list one after the other; each further page is asked for when its first entry is. */
  each: <P extends ListPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<Entry<P>, void, undefined>;
  /** The same by pages, each with the filters it was `applied`. A page of a filtered list may be empty. */
  pages: <P extends ListPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<Data<'get', P>, void, undefined>;
  /** A list as CSV, page by page; put together, the pieces are one document, with one header row. */
  csv: <P extends CsvPath>(path: P, ...init: Given<'get', P>) => AsyncGenerator<string, void, undefined>;
}>;
