import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, mapped, numbersIn, recordOf } from './streamed-records.ts';

const upTo = (count: number, keys = 1) => Array.from({ length: count }, (_, n) => recordOf(n + 1, `row ${n % keys}`));

describe('a stream’s records', () => {
  it('are passed on in order, in batches of at most the mapping’s size', async () => {
    const { feed, calls } = mapped(() => {}, { batchSize: 2 });
    await feed(...upTo(5));

    expect(calls.map(numbersIn)).toEqual([[1, 2], [3, 4], [5]]);
    expect(Object.keys(calls[0] ?? {})).toEqual(['Records']);
  });

  it('are retried from the first that the function reports as failed, with none left out', async () => {
    let failures = 2;
    const { feed, calls } = mapped(() => ({
      batchItemFailures: failures-- > 0 ? [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] : [],
    }));
    await feed(...upTo(4));

    expect(calls.map(numbersIn)).toEqual([
      [1, 2, 3, 4],
      [3, 4],
      [3, 4],
    ]);
  });

  it('are all retried if the function reports a record that it was not given', async () => {
    let failures = 1;
    const { feed, calls } = mapped(() => ({ batchItemFailures: failures-- > 0 ? [{ itemIdentifier: '9' }] : [] }));
    await feed(...upTo(3));

    expect(calls.map(numbersIn)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('are bisected if the function throws, until the bad one is alone and is given up', async () => {
    const throwAt3 = (call: Call) => {
      if (numbersIn(call).includes(3)) throw new RangeError('of ann@example.com');
    };
    const { feed, calls, dead } = mapped(throwAt3, { bisects: true, retries: 1 });
    await feed(...upTo(4));

    expect(calls.map(numbersIn)).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(dead()).toMatchObject([{ from: 'Rows', reason: 'Error, by reader after 2 attempts' }]);
    expect(JSON.parse(dead()[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { startSequenceNumber: '3', endSequenceNumber: '3', batchSize: 1 },
    });
  });

  it('keep later records waiting while they fail', async () => {
    let failures = 3;
    const { feed, calls } = mapped(
      () => {
        if (failures-- > 0) throw new Error();
      },
      { batchSize: 1, retries: undefined },
    );
    await feed(...upTo(2));

    expect(calls.map(numbersIn)).toEqual([[1], [1], [1], [1], [2]]);
  });
});

describe('a tumbling window', () => {
  it('passes on the state, ends with a call without records, and no batch is in two windows', async () => {
    const { feed, calls } = mapped(({ state, Records }) => ({ state: { seen: seenIn(state) + Records.length } }), {
      batchSize: 2,
      tumblingWindow: 60_000,
    });
    await feed(...[0, 1, 59, 60].map((second, n) => recordOf(n + 1, 'row', second)));

    expect(calls.map((call) => [numbersIn(call), seenIn(call.state), call.isFinalInvokeForWindow])).toEqual([
      [[1, 2], 0, false],
      [[3], 2, false],
      [[], 3, true],
      [[4], 0, false],
    ]);
    expect(calls[0]?.window).toEqual({ start: '2026-11-25T00:00:00Z', end: '2026-11-25T00:01:00Z' });
    expect(calls[0]?.shardId).toMatch(/^shardId-\d{20}-[0-9a-f]{8}$/);
  });

  it('ends early if its shard closes', async () => {
    const { feed, calls } = mapped(() => {}, { tumblingWindow: 60_000, shardLength: 2 });
    await feed(...upTo(3));

    expect(calls[1]).toMatchObject({ Records: [], isFinalInvokeForWindow: true, isWindowTerminatedEarly: true });
    expect(calls[2]?.shardId).not.toBe(calls[0]?.shardId);
  });
});

const seenIn = (state: unknown): number => (state as { seen?: number }).seen ?? 0;

describe('shards', () => {
  it('are split and closed, and a shard is read only after its parents', async () => {
    const { feed, calls } = mapped(() => {}, { tumblingWindow: 60_000, shardLength: 10 });
    await feed(...upTo(60, 30));
    const shards = new Set(calls.map(({ shardId }) => shardId));
    const generations = calls.map(({ shardId }) => Number(shardId?.slice(8, 28)));

    expect(shards.size).toBeGreaterThan(10);
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
  });

  it('give every record once and those of one row in order, whatever fails and however they are split', async () => {
    const settings = fc.record({
      batchSize: fc.integer({ min: 1, max: 5 }),
      shardLength: fc.integer({ min: 1, max: 8 }),
      bisects: fc.boolean(),
      failing: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }),
      rows: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ failing, rows, ...options }) => {
        const done: string[] = [];
        const faults = [...failing];
        const { feed } = mapped(
          ({ Records }) => {
            const fault = faults.shift() ?? 0;
            if (fault === 1) throw new Error();
            const left = fault === 0 ? Records.length : Math.min(fault - 2, Records.length);
            done.push(...Records.slice(0, left).map(nameOf));
            const first = Records[left]?.dynamodb?.SequenceNumber;
            return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
          },
          { ...options, retries: 10, tumblingWindow: 60_000 },
        );
        await feed(...rows.map((row, n) => recordOf(n + 1, `row ${row}`)));

        const sent = rows.map((row, n) => `row ${row} ${n + 1}`);
        for (const row of new Set(rows)) {
          const ofRow = (name: string) => name.startsWith(`row ${row} `);
          expect(done.filter(ofRow)).toEqual(sent.filter(ofRow));
        }
      }),
      { numRuns: 20 },
    );
  });
});

const nameOf = ({ dynamodb }: Call['Records'][number]) => `${dynamodb?.Keys?.id?.S} ${dynamodb?.SequenceNumber}`;
