import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeShards, type ShardPage } from '../../../lambdas/store/emails/merge-shards.ts';

type Key = Readonly<{ at: number; lane: number; nth: number }>;

/** A lane in pieces of some sizes; it notes what is read of it. */
const inPieces = (keys: readonly Key[], sizes: readonly number[], reads: Key[] = []): ShardPage<Key> => {
  const [size = 30, ...others] = sizes;
  const more = keys.slice(size);
  reads.push(...keys.slice(0, size));
  return {
    keys: keys.slice(0, size),
    rest: more.length > 0 ? async () => inPieces(more, others, reads) : undefined,
  };
};
const merged = async (lanes: readonly ShardPage<Key>[]) => {
  const all: Key[] = [];
  for await (const key of mergeShards(lanes, (one, other) => one.at < other.at)) all.push(key);
  return all;
};

/** Few times and long lanes, so that equal ones span pieces. */
const aLane = fc.array(fc.nat({ max: 4 }), { maxLength: 60, size: 'max' });
const someSizes = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 });

describe('merging lanes', () => {
  it('gives every key once, in order, at equal ones lane by lane, in whatever pieces they come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(aLane, someSizes), { maxLength: 8 }), async (drawn) => {
        const lanes = drawn.map(([times, sizes], lane) => ({
          keys: times.toSorted((one, other) => one - other).map((at, nth) => ({ at, lane, nth })),
          sizes,
        }));
        const expected = lanes
          .flatMap(({ keys }) => keys)
          .toSorted((one, other) => one.at - other.at || one.lane - other.lane || one.nth - other.nth);

        expect(await merged(lanes.map(({ keys, sizes }) => inPieces(keys, sizes)))).toEqual(expected);
      }),
    );
  });

  it('reads nothing on that is not needed yet', async () => {
    const reads: Key[] = [];
    const keys = Array.from({ length: 100 }, (_, nth) => ({ at: nth, lane: 0, nth }));
    const taken = mergeShards([inPieces(keys, [10, 10, 10], reads)], (one, other) => one.at < other.at);
    for (let n = 0; n < 10; n++) await taken.next();

    expect(reads).toHaveLength(10);
    await taken.next();
    expect(reads).toHaveLength(20);
  });

  it('fails with what a lane fails with', async () => {
    const broken: ShardPage<Key> = { keys: [], rest: () => Promise.reject(new Error('no answer')) };

    await expect(merged([inPieces([], []), broken])).rejects.toThrow('no answer');
  });
});
