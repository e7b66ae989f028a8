import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { spacingOf } from '../../../lambdas/domain/mailing/send-rate.ts';
import { partKey, RATE, SEND_SLOTS } from '../../../lambdas/store/mailings/mailing-row.ts';
import { type SendSlots, sendSlots } from '../../../lambdas/store/mailings/send-slots.ts';
import type { SlotRequest } from '../../../lambdas/store/mailings/slots.ts';
import { clientOf, engines, makeTables } from '../../support/engine.ts';

const MILLISECOND = 1_000;
const SECOND = 1_000_000;
const NOW = Date.parse('2026-11-24T10:00:00.000Z') * MILLISECOND;
const HORIZON = 20 * SECOND;
const SPACING = 100 * MILLISECOND;

describe.each(engines())('the send slots that workers share, on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let rate: SendSlots;
  const Key = partKey(RATE, SEND_SLOTS);
  const stands = (item: object) =>
    documents.send(new PutCommand({ TableName: tables.mailings, Item: { ...Key, ...item } }));
  /** A number as stored, including those that JavaScript cannot represent. */
  const standsAt = (nextPlaceAt: string) =>
    client.send(
      new PutItemCommand({
        TableName: tables.mailings,
        Item: { campaignId: { S: RATE }, part: { S: SEND_SLOTS }, nextPlaceAt: { N: nextPlaceAt } },
      }),
    );
  const takeAs = (slots: Partial<SlotRequest>) =>
    rate.take({ count: 1, spacing: SPACING, from: NOW, until: NOW + HORIZON, ...slots });
  /** The time of the first slot after NOW; `undefined` if there is none. */
  const take = async (count: number, over: Partial<SlotRequest> = {}) => {
    const taken = await takeAs({ count, ...over });
    return 'first' in taken ? taken.first - NOW : undefined;
  };

  beforeAll(async () => {
    tables = await makeTables(client);
    rate = sendSlots(documents, tables.mailings);
  });
  beforeEach(async () => {
    await documents.send(new DeleteCommand({ TableName: tables.mailings, Key }));
  });
  afterAll(() => tables.drop());

  it('begin at once if no email was sent before', async () => {
    expect(await take(10)).toBe(0);
  });

  it('are consecutive', async () => {
    expect([await take(10), await take(5), await take(1)]).toEqual([0, SECOND, 1.5 * SECOND]);
  });

  it('are not made up for after a pause', async () => {
    await stands({ nextPlaceAt: NOW - 3_600 * SECOND });

    expect([await take(10), await take(10)]).toEqual([0, SECOND]);
  });

  it('are none if the last one is too far ahead, with the time when there may be some', async () => {
    await stands({ nextPlaceAt: NOW + 19.5 * SECOND });

    expect(await takeAs({ count: 6 })).toEqual({ none: 'rate', wait: 0.1 * SECOND });
    expect([await take(5), await take(1)]).toEqual([19.5 * SECOND, undefined]);
  });

  it('are none if even the first would be too late', async () => {
    expect(await take(1, { until: NOW + SPACING - 1 })).toBeUndefined();
  });

  it.each([
    ['a day ahead', String(NOW + 86_400 * SECOND)],
    ['beyond all that JavaScript holds exactly', '123456789012345678901234567890.123456'],
    ['below zero', '-1'],
    ['a fraction of a microsecond in the past', `${NOW - 1}.999999999999999`],
  ])('are not blocked by a time that is %s', async (_, time) => {
    await standsAt(time);

    expect(await rate.used()).toMatchObject({ slots: 0 });
    expect([await take(1), await take(1)]).toEqual([0, SPACING]);
  });

  it('continue from a stored time with a fraction', async () => {
    await standsAt(`${NOW + SECOND}.25`);

    expect(Math.floor((await take(1)) ?? 0)).toBe(SECOND);
    expect(await take(1, { from: NOW + 5 * SECOND })).toBe(5 * SECOND);
  });

  it('are not blocked by a time that is not a number', async () => {
    await stands({ nextPlaceAt: 'soon' });

    expect([await take(1), await take(1)]).toEqual([0, SPACING]);
  });

  // The value at which an earlier version could not advance it any more: 3 × 75.188 ms, added as decimals.
  it('ignore the attribute of earlier versions, even if it was stuck', async () => {
    await client.send(
      new PutItemCommand({
        TableName: tables.mailings,
        Item: { campaignId: { S: RATE }, part: { S: SEND_SLOTS }, freeAt: { N: '1795514400225.56400000000002' } },
      }),
    );

    expect([await take(10), await take(10)]).toEqual([0, SECOND]);
  });

  it('are given to every batch, whole microseconds apart, at any rate, size and pause, and reset after each pause', async () => {
    const steps = fc.array(
      fc.record({ count: fc.integer({ min: 1, max: 10 }), pause: fc.constantFrom(0, 1, 7 * SECOND, 90 * SECOND) }),
      { minLength: 2, maxLength: 8 },
    );
    const rates = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 1, max: 1_000, noNaN: true }));
    let start = NOW;
    await fc.assert(
      fc.asyncProperty(rates, steps, async (perSecond, batches) => {
        const spacing = spacingOf(perSecond);
        start += 3_600 * SECOND;
        let [now, free] = [start, start];
        for (const { count, pause } of batches) {
          const taken = await takeAs({ count, spacing, from: now, until: now + 200 * SECOND });
          const first = Math.max(now, free);
          expect(taken).toEqual({ first });
          expect(Number.isSafeInteger(first)).toBe(true);
          free = first + count * spacing;
          now += pause;
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are never given twice to concurrent workers', async () => {
    const asks = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(asks, fc.constantFrom(-5, 0, 3, 86_400), async (counts, behind) => {
        await stands({ nextPlaceAt: NOW + behind * SECOND });

        const starts = await Promise.all(counts.map((count) => take(count)));

        const slots = starts.flatMap((start, index) =>
          Array.from({ length: counts[index] ?? 0 }, (_, place) => (start ?? Number.NaN) + place * SPACING),
        );
        const first = behind === 3 ? 3 * SECOND : 0;
        expect(slots.toSorted((a, b) => a - b)).toEqual(slots.map((_, index) => first + index * SPACING));
      }),
      { numRuns: 25 },
    );
  });
});
