import { describe, expect, it } from 'vitest';
import { STATUS_NAMES } from '../../lambdas/domain/status/statuses.ts';
import { createHandler } from '../../lambdas/query-api/explain-statuses/handler.ts';
import { httpRequest } from '../support/http-request.ts';
import { violations } from '../support/openapi.ts';
import type { Body } from '../support/query-api.ts';
import { silent } from '../support/silent.ts';

const KEY = 'GET /v1/statuses';
const handler = createHandler({ now: () => '2026-11-25T12:00:00.000Z', logger: silent().logger });

describe('the reference', () => {
  it('has every status, in the requested vocabulary', async () => {
    const answer = await handler(httpRequest(KEY, { query: 'vocabulary=creatio' }));
    const body: Body = JSON.parse(answer.body ?? '');

    expect(violations(KEY, answer as never)).toEqual([]);
    expect(body.items.map(({ status }: Body) => status)).toEqual(STATUS_NAMES);
    expect(body.applied).toEqual({ vocabulary: 'creatio' });
    expect(body.items.find(({ status }: Body) => status === 'bounced_soft')).toMatchObject({
      label: 'Soft Bounce',
      native: true,
      rank: 210,
      ranks: [120, 210],
      final: false,
    });
  });

  it('is JSON even if CSV is requested, and is not cached', async () => {
    const { headers } = await handler(httpRequest(KEY, { headers: { accept: 'text/csv' } }));
    const refused = await handler(httpRequest(KEY, { query: 'x=1' }));

    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-request-id': 'request-1',
    });
    expect(refused.headers).toEqual({ ...headers, 'content-type': 'application/problem+json' });
  });
});
