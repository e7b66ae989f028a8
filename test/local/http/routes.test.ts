import { describe, expect, it } from 'vitest';
import { KEYS, servedApi } from '../served-api.ts';

const api = servedApi();

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
    ['PATCH', '/any/thing', 'PATCH /{kind}/{id}', { kind: 'any', id: 'thing' }],
    ['POST', '/any/thing', 'ANY /any/{proxy+}', { proxy: 'thing' }],
  ])('%s %s is %s', async (method, target, key, parameters) => {
    await api.get(target, { method });

    expect([api.event.routeKey, api.event.requestContext.routeKey, api.event.pathParameters]).toEqual([
      key,
      key,
      parameters,
    ]);
  });

  it.each([
    ['a%2Bb%40c.example', 'a+b@c.example'],
    ['a+b@c.example', 'a+b@c.example'],
    ['a%252Bb', 'a+b'],
    ['j%C3%BCrgen', 'jürgen'],
    ['a%3Fb', 'a'],
    ['a%253Fb', 'a?b'],
  ])('%s in a path is %s', async (sent, decoded) => {
    await api.getRaw(`/v1/messages/${sent}`);

    expect(api.event.pathParameters).toEqual({ messageId: decoded });
    expect(api.event.rawPath).toBe(`/v1/messages/${decoded}`);
  });

  it('has another path segment for an encoded slash', async () => {
    await api.getRaw('/v1/messages/a%2Frecipients%2Fb');

    expect(api.event.routeKey).toBe('GET /v1/messages/{messageId}/recipients/{email}');
  });

  it.each(['/v1/messages/50%25', '/v1/messages/%', '/v1/messages/%FF'])('%s is rejected with 400', async (target) => {
    expect(await api.getRaw(target)).toMatch(/^HTTP\/1.1 400 .*\{"message":"Bad Request"\}$/s);
    expect(api.event).toBeUndefined();
  });

  it('does not exist if none matches and the API has no $default', async () => {
    api.serve(KEYS);
    const answered = await api.get('/nowhere');

    expect([answered.status, await answered.json()]).toEqual([404, { message: 'Not Found' }]);
  });
});
