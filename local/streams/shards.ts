import { createHash } from 'node:crypto';
import type { StreamRecord } from './stream-record.ts';

/** A shard of a stream: its id, and how many came before it in line. */
export type Shard = Readonly<{ id: string; generation: bigint }>;

/** Records a generation of shards takes. On AWS a shard closes after about four hours, or when it has too much to do. */
export const SHARD_LENGTH = 500;
/** Into so many shards a stream splits. */
const MOST_SHARDS = 4;

/**
 * Which shard a record is in. An engine's stream is one shard for ever, and DynamoDB's is not: shards are closed, and
 * split by key, all the time. So one is cut here, into generations of so many records: the first is one shard, each
 * next one has twice as many, and then each shard is followed by one.
 *
 * It depends on the record alone, so that a stream read a second time, by a stack that starts again, has the same shards.
 */
export const shardOf = ({ dynamodb }: StreamRecord, engineShard: string, length = SHARD_LENGTH): Shard => {
  const generation = BigInt(dynamodb.SequenceNumber) / BigInt(length);
  const shards = generation > 2n ? MOST_SHARDS : Math.min(MOST_SHARDS, 2 ** Number(generation));
  const part = digest(JSON.stringify(dynamodb.Keys)).readUInt32BE() % shards;
  const name = digest(`${engineShard} ${part}`).toString('hex', 0, 4);
  return { id: `shardId-${String(generation).padStart(20, '0')}-${name}`, generation };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
