import createClient, { type HeadersOptions } from 'openapi-fetch';
import { writePath } from './address.ts';
import type { Mailtrail } from './mailtrail.ts';
import { type AskForPage, csvOf, entriesOf, pagesOf } from './pages.ts';
import { MailtrailError } from './problem.ts';

/** The URL of Mailtrail's API, and its authentication: a token, a signature, or none on your own machine. */
export type MailtrailOptions = Readonly<{
  /** The stack's output `ApiUrl`. */
  url: string;
  /** Replaces the global `fetch`, for example in tests. */
  fetch?: (request: Request) => Promise<Response>;
}> &
  (
    | Readonly<{
        /**
         * A JWT with the scopes `mailtrail/read` and, for changes, `mailtrail/write`. A function is called for each
         * request.
         */
        token: string | (() => string | Promise<string>);
        sign?: never;
      }>
    | Readonly<{
        /** Signs each request: `sigV4()` of `@mailtrail/client/sigv4`. */
        sign: (request: Request) => Request | Promise<Request>;
        token?: never;
      }>
    | Readonly<{ token?: never; sign?: never }>
  );

type AnyInit = Readonly<{ headers?: HeadersOptions; params?: object; body?: object; signal?: AbortSignal }>;
type Method = 'get' | 'put' | 'post' | 'delete';

/** Mailtrail's API. Pass addresses unencoded; the client encodes them. */
export const createMailtrail = ({ url, token, sign, fetch }: MailtrailOptions): Mailtrail => {
  const client = createClient<Record<string, Record<Method, object>>>({
    baseUrl: url,
    pathSerializer: writePath,
    ...(fetch && { fetch }),
  });
  client.use({
    onRequest: async ({ request }) => {
      if (token !== undefined) {
        request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
      }
      return sign ? sign(request) : request;
    },
  });

  const by = (method: Method) => async (path: string, init?: AnyInit) => {
    const { data, error, response } = await client.request(method, path, init as never);
    if (!response.ok) throw new MailtrailError(`${method.toUpperCase()} ${path}`, response, error);
    return { data, response };
  };
  const get = by('get') as AskForPage;
  const mailtrail = {
    GET: get,
    PUT: by('put'),
    POST: by('post'),
    DELETE: by('delete'),
    each: entriesOf.bind(undefined, get),
    pages: pagesOf.bind(undefined, get),
    csv: csvOf.bind(undefined, get),
  };
  // From here on, the path determines the types of a route's parameters and responses.
  return mailtrail as unknown as Mailtrail;
};
