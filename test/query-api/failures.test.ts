import { describe, expect, it } from 'vitest';
import type { RouteKey } from '../../lambdas/http/contract.ts';
import type { Dependencies } from '../../lambdas/query-api/query-status/dependencies.ts';
import { createHandler } from '../../lambdas/query-api/query-status/handler.ts';
import { httpRequest, strayRequest } from '../support/http-request.ts';
import { violations } from '../support/openapi.ts';
import { silent } from '../support/silent.ts';

/** DynamoDB's errors quote keys, and keys contain addresses. */
class ValidationException extends Error {
  override readonly name = 'ValidationException';
}
const fail = async (): Promise<never> => {
  throw new ValidationException('The provided key ann@example.com does not match');
};
const broken = {
  archive: { message: fail, email: fail, emailsTo: fail, log: fail },
  suppressions: { get: fail, getEach: fail, page: fail, suppress: fail, suppressEach: fail, lift: fail },
  newestEvent: fail,
  now: () => '2026-11-25T12:00:00.000Z',
} as unknown as Dependencies;

const { logger, said: logged } = silent();
const handler = createHandler({ ...broken, logger });
const path = { email: 'ann@example.com', messageId: 'm1' };
const routes: readonly [key: RouteKey, path: Record<string, string>, body?: object][] = [
  ['GET /v1/messages', {}],
  ['GET /v1/messages/{messageId}', { messageId: 'm1' }],
  ['GET /v1/messages/{messageId}/recipients/{email}', path],
  ['GET /v1/recipients/{email}', { email: path.email }],
  ['GET /v1/recipients/{email}/messages', { email: path.email }],
  ['GET /v1/suppressions', {}],
  ['POST /v1/suppressions/check', {}, { addresses: [path.email] }],
  ['POST /v1/suppressions/import', {}, { suppressions: [{ address: path.email }] }],
  ['GET /v1/suppressions/{email}', { email: path.email }],
  ['PUT /v1/suppressions/{email}', { email: path.email }],
  ['DELETE /v1/suppressions/{email}', { email: path.email }],
];

describe('when the store fails', () => {
  it.each(routes)('%s has a fixed message, and the log no address', async (key, path, body = {}) => {
    logged.length = 0;
    const result = await handler(httpRequest(key, { path, body: JSON.stringify(body) }));

    expect(violations(key, result as never)).toEqual([]);
    expect([result.statusCode, JSON.parse(result.body ?? '')]).toEqual([
      500,
      {
        type: 'urn:mailtrail:problem:internal-error',
        title: 'Internal error',
        status: 500,
        detail:
          'Something went wrong on our side. Try again; if it persists, give your administrator the x-request-id of this answer.',
      },
    ]);
    expect(logged).toEqual([
      [
        'request failed',
        { code: 'urn:mailtrail:problem:internal-error', error: 'ValidationException', requestId: 'request-1' },
      ],
    ]);
  });

  it('health is 503', async () => {
    logged.length = 0;
    const result = await handler(httpRequest('GET /v1/health'));

    expect(violations('GET /v1/health', result as never)).toEqual([]);
    expect([result.statusCode, JSON.parse(result.body ?? '').type]).toEqual([
      503,
      'urn:mailtrail:problem:store-unreachable',
    ]);
    expect(logged).toEqual([
      ['request failed', expect.objectContaining({ error: 'ValidationException', requestId: 'request-1' })],
    ]);
  });
});

describe('a request that no route matches', () => {
  it.each(['$default', 'POST /{proxy+}'])('is 404, or 405 with Allow, from %s', async (routeKey) => {
    logged.length = 0;
    const unknown = await handler(strayRequest('POST', '/v1/campaigns', routeKey));
    const known = await handler(strayRequest('POST', '/v1/suppressions/ann@example.com', routeKey));

    expect([unknown.statusCode, known.statusCode, known.headers?.allow]).toEqual([404, 405, 'GET, PUT, DELETE']);
    expect(violations('', unknown as never)).toEqual([]);
    expect(violations('', known as never)).toEqual([]);
    expect(logged).toEqual([]);
  });
});

describe('headers', () => {
  it('forbid storing a response, and identify the request', async () => {
    const refused = await handler(httpRequest('GET /v1/health', { query: 'x=1' }));
    const put = await handler(httpRequest('PUT /v1/suppressions/{email}', { path: { email: 'nobody' } }));

    expect(refused.headers).toEqual({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': 'request-1',
    });
    expect(put.headers).toEqual(refused.headers);
  });
});
