import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeShards, type ShardPage } from '../../../lambdas/store/emails/merge-shards.ts';

type Key = Readonly<{ at: number; shard: number; nth: number }>;

/** A shard in pages of some sizes; it records what is read of it. */
const inPages = (keys: readonly Key[], sizes: readonly number[], reads: Key[] = []): ShardPage<Key> => {
  const [size = 30, ...others] = sizes;
  const more = keys.slice(size);
  reads.push(...keys.slice(0, size));
  return {
    keys: keys.slice(0, size),
    rest: more.length > 0 ? async () => inPages(more, others, reads) : undefined,
  };
};
const merged = async (shards: readonly ShardPage<Key>[]) => {
  const all: Key[] = [];
  for await (const key of mergeShards(shards, (one, other) => one.at < other.at)) all.push(key);
  return all;
};

/** Few times and long shards, so that equal times span pages. */
const aShard = fc.array(fc.nat({ max: 4 }), { maxLength: 60, size: 'max' });
const someSizes = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 });

describe('merging shards', () => {
  it('returns every key once, in order, equal ones shard by shard, whatever the pages are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(aShard, someSizes), { maxLength: 8 }), async (drawn) => {
        const shards = drawn.map(([times, sizes], shard) => ({
          keys: times.toSorted((one, other) => one - other).map((at, nth) => ({ at, shard, nth })),
          sizes,
        }));
        const expected = shards
          .flatMap(({ keys }) => keys)
          .toSorted((one, other) => one.at - other.at || one.shard - other.shard || one.nth - other.nth);

        expect(await merged(shards.map(({ keys, sizes }) => inPages(keys, sizes)))).toEqual(expected);
      }),
    );
  });

  it('reads no page that is not needed yet', async () => {
    const reads: Key[] = [];
    const keys = Array.from({ length: 100 }, (_, nth) => ({ at: nth, shard: 0, nth }));
    const taken = mergeShards([inPages(keys, [10, 10, 10], reads)], (one, other) => one.at < other.at);
    for (let n = 0; n < 10; n++) await taken.next();

    expect(reads).toHaveLength(10);
    await taken.next();
    expect(reads).toHaveLength(20);
  });

  it('fails with the error of a shard', async () => {
    const broken: ShardPage<Key> = { keys: [], rest: () => Promise.reject(new Error('no answer')) };

    await expect(merged([inPages([], []), broken])).rejects.toThrow('no answer');
  });
});
