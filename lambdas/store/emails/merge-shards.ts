/** A page of one shard, in the list's order, and how to read the next one if there is more. */
export type ShardPage<Key> = Readonly<{ keys: readonly Key[]; rest: (() => Promise<ShardPage<Key>>) | undefined }>;

/**
 * Merges sorted shards into one sorted list. Of equal keys, that of the earlier shard comes first, so that the order does
 * not depend on the pages.
 *
 * When a shard has run out, the next pages of all shards that run low are read together: a hash fills shards evenly, so
 * they run out at about the same time.
 */
export async function* mergeShards<Key>(
  pages: readonly ShardPage<Key>[],
  isBefore: (one: Key, other: Key) => boolean,
): AsyncGenerator<Key, void> {
  let shards = pages;
  for (;;) {
    while (shards.some(isUsedUp)) {
      shards = await Promise.all(
        shards.map((shard) => (shard.keys.length <= LOW && shard.rest ? withNextPage(shard) : shard)),
      );
    }
    let first: ShardPage<Key> | undefined;
    for (const shard of shards) {
      if (shard.keys.length > 0 && (first === undefined || isBefore(headOf(shard), headOf(first)))) first = shard;
    }
    if (first === undefined) return;
    const taken = first;
    shards = shards.map((shard) => (shard === taken ? { ...shard, keys: shard.keys.slice(1) } : shard));
    yield headOf(taken);
  }
}

/** A shard with so few keys left runs low. */
const LOW = 12;

const isUsedUp = <Key>({ keys, rest }: ShardPage<Key>): boolean => keys.length === 0 && rest !== undefined;

const withNextPage = async <Key>({ keys, rest }: ShardPage<Key>): Promise<ShardPage<Key>> => {
  const more = await rest?.();
  return { keys: [...keys, ...(more?.keys ?? [])], rest: more?.rest };
};

const headOf = <Key>({ keys }: ShardPage<Key>): Key => keys[0] as Key;
