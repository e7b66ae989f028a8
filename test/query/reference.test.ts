import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUS_NAMES } from '../../lambdas/domain/statuses.ts';
import { engines } from '../support/engine.ts';
import { type Body, type QueryApi, startQueryApi } from '../support/query-api.ts';

describe.each(engines())('the reference on $name', ({ endpoint }) => {
  let api: QueryApi;
  beforeAll(async () => {
    api = await startQueryApi(endpoint);
  });
  afterAll(() => api.tables.drop());

  it('names every status, in the words asked for', async () => {
    const { body } = await api.ask('GET /v1/statuses', { query: 'vocabulary=creatio' });

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
});
