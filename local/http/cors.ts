import type { CorsBlueprint } from '../template/apis.ts';
import type { Answer, Request } from './exchange.ts';

/** Responds to a preflight request as an HTTP API with CORS does; `undefined` if the request is not one. */
export const preflight = (cors: CorsBlueprint, { method, headers }: Request): Answer | undefined => {
  if (method !== 'OPTIONS' || headers.origin === undefined) return undefined;
  if (headers['access-control-request-method'] === undefined) return undefined;
  const allowed = allowedOrigin(cors, headers.origin);
  return {
    status: 204,
    headers: {
      ...(allowed !== undefined && {
        ...originHeaders(cors, allowed),
        'access-control-allow-methods': cors.methods.join(','),
        'access-control-allow-headers': cors.headers.join(','),
        ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
      }),
    },
    body: '',
  };
};

/** A response with the API's own CORS headers, which replace those of the function. */
export const withCors = (cors: CorsBlueprint, { headers }: Request, answer: Answer): Answer => {
  const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  const allowed = headers.origin === undefined ? undefined : allowedOrigin(cors, headers.origin);
  return {
    ...answer,
    headers: {
      ...Object.fromEntries(own),
      ...(allowed !== undefined && {
        ...originHeaders(cors, allowed),
        ...(cors.exposedHeaders.length > 0 && { 'access-control-expose-headers': cors.exposedHeaders.join(',') }),
      }),
    },
  };
};

const allowedOrigin = ({ origins }: CorsBlueprint, origin: string): string | undefined =>
  origins.includes('*') ? '*' : origins.find((allowed) => allowed.toLowerCase() === origin.toLowerCase());

const originHeaders = ({ credentials }: CorsBlueprint, origin: string) => ({
  'access-control-allow-origin': origin,
  ...(origin !== '*' && { vary: 'Origin' }),
  ...(credentials && { 'access-control-allow-credentials': 'true' }),
});
