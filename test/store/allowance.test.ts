import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Allowance, allowance } from '../../lambdas/store/allowance.ts';
import { ALLOWANCE, partKey, RATE } from '../../lambdas/store/mailing-item.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';

const NOW = Date.parse('2026-11-24T10:00:00.000Z');
const HORIZON = 20_000;

describe.each(engines())('the send rate that workers share, on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let rate: Allowance;
  const Key = partKey(RATE, ALLOWANCE);
  const stands = (freeAt: number) =>
    documents.send(new PutCommand({ TableName: tables.mailings, Item: { ...Key, freeAt } }));
  const take = (count: number, over: Partial<Parameters<Allowance['take']>[0]> = {}) =>
    rate.take({ count, spacing: 100, from: NOW, until: NOW + HORIZON, ...over });

  beforeAll(async () => {
    tables = await makeTables(client);
    rate = allowance(documents, tables.mailings);
  });
  beforeEach(async () => {
    await documents.send(new DeleteCommand({ TableName: tables.mailings, Key }));
  });
  afterAll(() => tables.drop());

  it('begins where nobody ever sent', async () => {
    expect(await take(10)).toBe(NOW);
  });

  it('gives places one after the other', async () => {
    expect([await take(10), await take(5), await take(1)]).toEqual([NOW, NOW + 1_000, NOW + 1_500]);
  });

  it('does not catch up on a time when nobody sent', async () => {
    await stands(NOW - 3_600_000);

    expect([await take(10), await take(10)]).toEqual([NOW, NOW + 1_000]);
  });

  it('gives none whose last is too far ahead', async () => {
    await stands(NOW + 19_500);

    expect([await take(6), await take(5), await take(1)]).toEqual([undefined, NOW + 19_500, undefined]);
  });

  it('gives none that would be too late even at once', async () => {
    expect(await take(1, { until: NOW + 99 })).toBeUndefined();
  });

  it('is not held up by a clock that was wrong', async () => {
    await stands(NOW + 86_400_000);

    expect(await take(1)).toBe(NOW);
  });

  it('takes a fraction of a millisecond as it is', async () => {
    const spacing = 75.188;

    const starts = [await take(10, { spacing }), await take(10, { spacing }), await take(10, { spacing })];
    expect(starts.map((start) => Math.round(((start ?? 0) - NOW) * 1_000) / 1_000)).toEqual([0, 751.88, 1_503.76]);
  });

  it('gives no place to two, whoever asks at once', async () => {
    const asks = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(asks, fc.constantFrom(-5_000, 0, 3_000), async (counts, behind) => {
        await stands(NOW + behind);

        const starts = await Promise.all(counts.map((count) => take(count)));

        const places = starts.flatMap((start, index) =>
          Array.from({ length: counts[index] ?? 0 }, (_, place) => (start ?? Number.NaN) + place * 100),
        );
        const first = NOW + Math.max(behind, 0);
        expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, index) => first + index * 100));
      }),
      { numRuns: 25 },
    );
  });
});
