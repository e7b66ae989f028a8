import { describe, expect, it } from 'vitest';
import { misrouted } from '../../lambdas/http/routing.ts';

describe('a request that no route matches', () => {
  it.each([
    ['POST', '/v1/suppressions/ann@example.com', 'GET, PUT, DELETE'],
    ['DELETE', '/v1/suppressions', 'GET'],
    ['GET', '/v1/campaigns', 'POST'],
    ['DELETE', '/v1/messages', 'GET, POST'],
    ['HEAD', '/v1/health', 'GET'],
    ['PUT', '/v1/messages/m1/recipients/ann@example.com', 'GET'],
  ])('%s %s lists the methods of its path', (method, path, allow) => {
    const { body, headers } = misrouted(method, path);

    expect({ status: body.status, headers }).toEqual({ status: 405, headers: { allow } });
  });

  it.each([
    '/',
    '/v1',
    '/v1/campaigns/',
    '/v1/suppressions/',
    '/v1/recipients//messages',
    '/v1/recipients/a/b@example.com',
  ])('PATCH %s reports that there is no such path', (path) => {
    expect(misrouted('PATCH', path).body).toMatchObject({ status: 404, type: 'urn:mailtrail:problem:no-route' });
  });
});
