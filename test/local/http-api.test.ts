import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError } from '../../local/functions/function-error.ts';
import { json } from '../../local/http/exchange.ts';
import { HttpApi } from '../../local/http/http-api.ts';
import { type LocalServer, listen } from '../../local/http/server.ts';
import type { CorsBlueprint } from '../../local/template/apis.ts';

const cors: CorsBlueprint = {
  origins: ['https://app.club.example'],
  methods: ['GET', 'PUT'],
  headers: ['authorization'],
  exposedHeaders: ['x-request-id'],
  maxAge: 3600,
  credentials: false,
};

const KEYS = [
  'GET /v1/messages/{messageId}',
  'GET /v1/messages/{messageId}/recipients/{email}',
  'GET /v1/messages/latest',
  'PUT /v1/suppressions/{email}',
  'ANY /any/{proxy+}',
  'GET /any/thing',
];
const routes = (keys: readonly string[]) => keys.map((key) => ({ key, function: 'arn:f', authorization: 'AWS_IAM' }));

// biome-ignore lint/suspicious/noExplicitAny: an event is looked at in any place.
let event: any;
let answer: (event: unknown) => unknown;
let server: LocalServer;
const invoke = async (given: unknown) => {
  event = given;
  return answer(given);
};
const functions = new Map([['arn:f', { invoke }]]);
const serve = (keys: readonly string[], withCors?: CorsBlueprint) => {
  const api = new HttpApi({ name: 'api', routes: routes(keys), cors: withCors }, functions);
  server.serve({ handle: (request) => api.handle(request), mostBytes: () => 10 * 1_048_576 });
};

beforeAll(async () => {
  server = await listen(0);
});
afterAll(() => server.close());
beforeEach(() => {
  serve([...KEYS, '$default']);
  answer = () => ({ statusCode: 200, body: 'ok' });
  event = undefined;
});
const get = (target: string, options: RequestInit = {}) => fetch(server.url + target, options);

/** A request with its target exactly as written: fetch tidies paths up. */
const getRaw = (target: string) =>
  new Promise<string>((resolve) => {
    let text = '';
    connect(server.port, '127.0.0.1')
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('end', () => resolve(text))
      .end(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  });

describe('the route of a request', () => {
  it.each([
    ['GET', '/v1/messages/m-1', 'GET /v1/messages/{messageId}', { messageId: 'm-1' }],
    ['GET', '/v1/messages/latest', 'GET /v1/messages/latest', undefined],
    [
      'GET',
      '/v1/messages/m/recipients/a@b.example',
      'GET /v1/messages/{messageId}/recipients/{email}',
      { messageId: 'm', email: 'a@b.example' },
    ],
    ['DELETE', '/v1/messages/m-1', '$default', undefined],
    ['GET', '/v1/messages/', '$default', undefined],
    ['GET', '/v1/messages/m-1/', '$default', undefined],
    ['GET', '/', '$default', undefined],
    ['DELETE', '/any/a/b', 'ANY /any/{proxy+}', { proxy: 'a/b' }],
    ['GET', '/any/thing', 'GET /any/thing', undefined],
    ['POST', '/any/thing', 'ANY /any/{proxy+}', { proxy: 'thing' }],
  ])('%s %s is %s', async (method, target, key, parameters) => {
    await get(target, { method });

    expect([event.routeKey, event.requestContext.routeKey, event.pathParameters]).toEqual([key, key, parameters]);
  });

  it.each([
    ['a%2Bb%40c.example', 'a+b@c.example'],
    ['a+b@c.example', 'a+b@c.example'],
    ['a%252Bb', 'a+b'],
    ['j%C3%BCrgen', 'jürgen'],
    ['a%3Fb', 'a'],
    ['a%253Fb', 'a?b'],
  ])('%s in a path is %s', async (sent, decoded) => {
    await getRaw(`/v1/messages/${sent}`);

    expect(event.pathParameters).toEqual({ messageId: decoded });
    expect(event.rawPath).toBe(`/v1/messages/${decoded}`);
  });

  it('sees a path part more where a slash was encoded', async () => {
    await getRaw('/v1/messages/a%2Frecipients%2Fb');

    expect(event.routeKey).toBe('GET /v1/messages/{messageId}/recipients/{email}');
  });

  it.each(['/v1/messages/50%25', '/v1/messages/%', '/v1/messages/%FF'])('%s is refused with 400', async (target) => {
    expect(await getRaw(target)).toMatch(/^HTTP\/1.1 400 .*\{"message":"Bad Request"\}$/s);
    expect(event).toBeUndefined();
  });

  it('is nowhere where the API has no $default', async () => {
    serve(KEYS);
    const answered = await get('/nowhere');

    expect([answered.status, await answered.json()]).toEqual([404, { message: 'Not Found' }]);
  });
});

describe('the event', () => {
  it('is payload format 2.0', async () => {
    const headers = { 'X-Mixed-Case': 'Yes', cookie: 'a=1; b=2', 'user-agent': 'test' };
    const answered = await get('/v1/messages/m?b=2&a=1&a=x%20y+z', { headers });

    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/v1/messages/m',
      rawQueryString: 'b=2&a=1&a=x%20y+z',
      queryStringParameters: { a: '1,x y z', b: '2' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-mixed-case': 'Yes', host: server.url.slice('http://'.length) },
      isBase64Encoded: false,
      requestContext: {
        stage: '$default',
        http: { method: 'GET', path: '/v1/messages/m', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: answered.headers.get('apigw-requestid'),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
        authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:user/local' } },
      },
    });
    expect(Object.keys(event)).not.toContain('body');
  });

  it('has nothing where the request has nothing', async () => {
    await get('/');

    for (const name of ['queryStringParameters', 'pathParameters', 'cookies', 'body'])
      expect(event).not.toHaveProperty(name);
    expect(event.rawQueryString).toBe('');
  });

  it('has a body as text, or as base64 where it is none', async () => {
    const put = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      get('/v1/suppressions/a', { method: 'PUT', body, headers: { 'content-type': type } });
    await put('{"note":"é"}', 'application/json; charset=utf-8');
    expect([event.body, event.isBase64Encoded]).toEqual(['{"note":"é"}', false]);
    await put(new Uint8Array([0, 255]), 'application/octet-stream');
    expect([event.body, event.isBase64Encoded]).toEqual(['AP8=', true]);
  });

  it('is not made of a body over 10 MB', async () => {
    const answered = await get('/v1/suppressions/a', { method: 'PUT', body: 'x'.repeat(10 * 1_048_576 + 1) });

    expect([answered.status, await answered.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(event).toBeUndefined();
  });
});

describe('the answer', () => {
  it('is what the function says', async () => {
    answer = () => ({
      statusCode: 201,
      headers: { 'X-Number': 7, 'Content-Type': 'application/problem+json' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('héllo').toString('base64'),
      isBase64Encoded: true,
    });
    const answered = await get('/');

    expect([answered.status, await answered.text()]).toEqual([201, 'héllo']);
    expect(Object.fromEntries(answered.headers)).toMatchObject({
      'x-number': '7',
      'content-type': 'application/problem+json',
    });
    expect(answered.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('is JSON with 200 where the function names no status', async () => {
    answer = () => ({ plain: true });
    const answered = await get('/');

    expect([answered.status, answered.headers.get('content-type'), await answered.json()]).toEqual([
      200,
      'application/json',
      { plain: true },
    ]);
  });

  it.each([
    [
      'fails',
      () => {
        throw new FunctionError('TypeError', 'secret');
      },
    ],
    ['answers with no response', () => ({ statusCode: 'many' })],
  ])('is one fixed 500 where the function %s', async (_name, behave) => {
    answer = behave;
    const answered = await get('/');

    expect([answered.status, await answered.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(answered.headers.get('apigw-requestid')).toBeTruthy();
  });

  it('is 503 while nothing is wired yet', async () => {
    const early = await listen(0);
    const answered = await fetch(early.url);
    await early.close();

    expect(answered.status).toBe(503);
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    get('/v1/messages/m', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  it('answers a preflight by itself, and lets only known origins in', async () => {
    serve(KEYS.slice(0, 4), cors);
    const allowed = await preflight('https://app.club.example');
    const refused = await preflight('https://evil.example');

    expect([allowed.status, event]).toEqual([204, undefined]);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.club.example',
      'access-control-allow-methods': 'GET,PUT',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '3600',
    });
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is on every answer, the function’s own headers for it left out', async () => {
    serve(KEYS.slice(0, 4), cors);
    answer = () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });
    const origin = { headers: { origin: 'https://app.club.example' } };
    const found = await get('/v1/messages/m', origin);
    const lost = await get('/nowhere', origin);

    expect([found, lost].map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      'https://app.club.example',
      'https://app.club.example',
    ]);
    expect(found.headers.get('access-control-expose-headers')).toBe('x-request-id');
  });

  it('is nowhere without being asked for', async () => {
    answer = () => json(200, {});
    const answered = await get('/v1/messages/m', { headers: { origin: 'https://app.club.example' } });

    expect(answered.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the port', () => {
  it('is on 127.0.0.1 only', async () => {
    const elsewhere = fetch(`http://[::1]:${server.port}/`);

    await expect(elsewhere).rejects.toThrow();
  });

  it('is named where it is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };

    await expect(listen(port)).rejects.toThrow(`port ${port} is taken`);
    other.close();
  });
});
