import { describe, expect, it } from 'vitest';
import { writeCursor } from '../../lambdas/http/cursor.ts';
import { readRequest } from '../../lambdas/http/request.ts';
import { httpRequest } from '../support/http-request.ts';
import { NOW, refusals } from '../support/refusals.ts';

describe('a window', () => {
  const LOG = 'GET /v1/messages';
  const windowOf = (query: string) => readRequest(LOG, httpRequest(LOG, { query }), NOW).query;

  it.each([
    ['', '2026-11-18T12:00:00.000Z', NOW],
    ['from=2026-11-01T00:00:00Z', '2026-11-01T00:00:00.000Z', NOW],
    ['to=2026-11-01T00:00:00Z', '2026-10-25T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  ])('of %j is the last 7 days, or up to now', (query, from, to) => {
    expect(windowOf(query)).toMatchObject({ from, to });
  });

  it('is reported together with all other errors', () => {
    expect(refusals(LOG, { query: 'from=2026-01-01T00:00:00Z&limit=0' })).toEqual([
      'limit must be a whole number from 1 to 100',
      'from must be at most 31 days before to, which is now unless given',
    ]);
  });

  it('is in every cursor of its list: one without a window or with one that is too long is rejected', () => {
    const list = JSON.stringify([LOG]);
    const cursorOf = (filters: Record<string, string>) => writeCursor(list, { after: {}, filters });

    for (const filters of [{}, { from: NOW }, { from: '2026-01-01T00:00:00.000Z', to: NOW }]) {
      expect(refusals(LOG, { query: `cursor=${cursorOf(filters)}` })).toHaveLength(1);
    }
    expect(refusals(LOG, { query: `cursor=${cursorOf({ from: '2026-11-01T00:00:00.000Z', to: NOW })}` })).toEqual([]);
  });
});
