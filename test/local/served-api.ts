import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { HttpApi } from '../../local/http/http-api.ts';
import { type LocalServer, listen } from '../../local/http/server.ts';
import type { CorsBlueprint } from '../../local/template/apis.ts';

export const KEYS = [
  'GET /v1/messages/{messageId}',
  'GET /v1/messages/{messageId}/recipients/{email}',
  'GET /v1/messages/latest',
  'PUT /v1/suppressions/{email}',
  'ANY /any/{proxy+}',
  'GET /any/thing',
  'PATCH /{kind}/{id}',
];

/** An API behind a real port for all tests of a file, with one function that behaves as `api.answer` does. */
export const servedApi = () => {
  let server: LocalServer;
  const api = {
    // biome-ignore lint/suspicious/noExplicitAny: tests read an event at any depth.
    event: undefined as any,
    answer: (_event: unknown): unknown => undefined,
    port: 0,
    url: '',
    /** Serves these routes; until then, those of KEYS and $default. */
    serve: (keys: readonly string[], cors?: CorsBlueprint) => {
      const routes = keys.map((key) => ({ key, function: 'arn:f', authorization: 'AWS_IAM' }));
      const served = new HttpApi({ name: 'api', routes, cors }, functions);
      server.serve({ handle: (request) => served.handle(request), mostBytes: () => 10 * 1_048_576 });
    },
    get: (target: string, options: RequestInit = {}) => fetch(api.url + target, options),
    /** A request with its target exactly as written: fetch would normalize the path. */
    getRaw: (target: string) =>
      new Promise<string>((resolve) => {
        let text = '';
        connect(api.port, '127.0.0.1')
          .on('data', (chunk) => {
            text += chunk;
          })
          .on('end', () => resolve(text))
          .end(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      }),
  };
  const invoke = async (event: unknown) => {
    api.event = event;
    return api.answer(event);
  };
  const functions = new Map([['arn:f', { invoke }]]);
  beforeAll(async () => {
    server = await listen(0);
    Object.assign(api, { port: server.port, url: server.url });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    api.serve([...KEYS, '$default']);
    api.answer = () => ({ statusCode: 200, body: 'ok' });
    api.event = undefined;
  });
  return api;
};
