import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ErasedReader, erasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';
import { erasures } from '../../lambdas/store/erasures/erasures.ts';
import { clientOf, engines, makeTables } from '../support/engine.ts';

const NOON = Date.parse('2026-11-25T12:00:00.000Z');
const MINUTE = 60_000;
const iso = (time: number) => new Date(time).toISOString();

describe.each(engines())('the marks of erased people in a recording function, on $name', ({ endpoint }) => {
  const { client, documents } = clientOf(endpoint);
  const reading = clientOf(endpoint);
  let tables: Awaited<ReturnType<typeof makeTables>>;
  let reader: ErasedReader;
  let people = 0;
  let ann = '';
  beforeAll(async () => {
    tables = await makeTables(client);
  });
  afterAll(() => tables.drop());
  beforeEach(() => {
    ann = `ann${people++}@example.com`;
    reader = erasedReader(reading.documents, tables.erasures);
    reading.requests.length = 0;
    reading.failing(undefined);
  });

  const remember = (erasedAt = iso(NOON), suppressionToo = false, address = ann) =>
    erasures(documents, tables.erasures).remember({ address, erasedAt, suppressionToo });
  const knows = async (now: number, acceptedAt?: string) => (await reader(now)).email(ann, acceptedAt);

  it('are none in an empty table', async () => {
    expect(await knows(NOON)).toBe(false);
  });

  it('are read by one Query a minute, however often they are used', async () => {
    await remember();
    for (let second = 0; second < 120; second++) await reader(NOON + 1_000 * second);

    expect(reading.requests).toEqual(['QueryCommand', 'QueryCommand']);
  });

  it('apply to emails until the erasure, and to those without a time', async () => {
    await remember();

    expect(await knows(NOON, iso(NOON))).toBe(true);
    expect(await knows(NOON, iso(NOON + 1))).toBe(false);
    expect(await knows(NOON)).toBe(true);
    expect((await reader(NOON)).email(`x${ann}`, iso(0))).toBe(false);
  });

  it('are known within a minute, even if one was written late', async () => {
    await reader(NOON);
    await remember(iso(NOON - 20_000));

    expect(await knows(NOON + MINUTE - 1)).toBe(false);
    expect(await knows(NOON + MINUTE)).toBe(true);
  });

  it('contain the last erasure of each person, with any options', async () => {
    await remember(iso(NOON), true);
    await remember(iso(NOON + MINUTE));
    const known = await reader(NOON + 2 * MINUTE);

    expect(known.email(ann, iso(NOON + MINUTE))).toBe(true);
    expect([known.suppression(ann, iso(NOON)), known.suppression(ann, iso(NOON + 1))]).toEqual([true, false]);
    expect(known.suppressionErasedAt(ann)).toBe(iso(NOON));
  });

  it('are read from the last position on, and not again from the beginning', async () => {
    const old = `old-${ann}`;
    await remember(iso(NOON - 60 * MINUTE), false, old);
    await reader(NOON);
    await remember(iso(NOON));
    let read = 0;
    reading.client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        read = (answer.output as { Count?: number }).Count ?? 0;
        return answer;
      },
      { step: 'initialize', name: 'count', override: true },
    );
    const known = await reader(NOON + MINUTE);

    expect([known.email(old, iso(0)), known.email(ann, iso(0))]).toEqual([true, true]);
    await erasedReader(reading.documents, tables.erasures)(NOON);
    const all = read;
    await reader(NOON + 10 * MINUTE);
    expect(read).toBeLessThan(all);
  });

  it('are used for ten minutes if they cannot be read again, with a request a minute, and no longer', async () => {
    await remember();
    await reader(NOON);
    for (let minute = 1; minute <= 10; minute++) {
      reading.failing(0);
      expect(await knows(NOON + minute * MINUTE, iso(NOON))).toBe(true);
    }
    expect(reading.requests).toHaveLength(11);
    reading.failing(0);
    await expect(reader(NOON + 10 * MINUTE + 1)).rejects.toThrow();
    reading.failing(0);
    await expect(reader(NOON + 10 * MINUTE + 2)).rejects.toThrow();

    expect(await knows(NOON + 10 * MINUTE + 3, iso(NOON))).toBe(true);
  });

  it('are an error before they were read once', async () => {
    reading.failing(0);

    await expect(reader(NOON)).rejects.toThrow('the request was lost');
  });

  it('have one salt, even with concurrent first uses', async () => {
    await Promise.all([remember(iso(NOON)), remember(iso(NOON + 1), false, `x${ann}`)]);
    const known = await reader(NOON);

    expect([known.email(ann, iso(NOON)), known.email(`x${ann}`, iso(NOON))]).toEqual([true, true]);
  });
});
