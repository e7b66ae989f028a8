/** A stretch of one lane, in the list's order, and how to read on where it has more. */
export type ShardPage<Key> = Readonly<{ keys: readonly Key[]; rest: (() => Promise<ShardPage<Key>>) | undefined }>;

/**
 * Merges lanes, each in order, into one list in order. Of keys that come neither before nor after each other, the earlier
 * lane's comes first, so that the list's order is the same however it is read.
 *
 * Lanes that run low are read on together with one that has run out: a hash fills them evenly, and they run out together.
 */
export async function* mergeShards<Key>(
  pieces: readonly ShardPage<Key>[],
  isBefore: (one: Key, other: Key) => boolean,
): AsyncGenerator<Key, void> {
  let lanes = pieces;
  for (;;) {
    while (lanes.some(hasRunOut)) {
      lanes = await Promise.all(lanes.map((lane) => (lane.keys.length <= LOW && lane.rest ? readOn(lane) : lane)));
    }
    let first: ShardPage<Key> | undefined;
    for (const lane of lanes) {
      if (lane.keys.length > 0 && (first === undefined || isBefore(headOf(lane), headOf(first)))) first = lane;
    }
    if (first === undefined) return;
    const taken = first;
    lanes = lanes.map((lane) => (lane === taken ? { ...lane, keys: lane.keys.slice(1) } : lane));
    yield headOf(taken);
  }
}

/** At so few keys a lane is read on when another has run out. */
const LOW = 12;

const hasRunOut = <Key>({ keys, rest }: ShardPage<Key>): boolean => keys.length === 0 && rest !== undefined;

const readOn = async <Key>({ keys, rest }: ShardPage<Key>): Promise<ShardPage<Key>> => {
  const more = await rest?.();
  return { keys: [...keys, ...(more?.keys ?? [])], rest: more?.rest };
};

const headOf = <Key>({ keys }: ShardPage<Key>): Key => keys[0] as Key;
