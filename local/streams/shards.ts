import { createHash } from 'node:crypto';
import type { StreamRecord } from './stream-record.ts';

/** A shard of a stream: its id, and how many are before it in its line of descent. */
export type Shard = Readonly<{ id: string; generation: bigint }>;

/** Records of one generation of shards. On AWS a shard closes after about four hours, or under high load. */
export const SHARD_LENGTH = 500;
/** The most shards a stream splits into. */
const MOST_SHARDS = 4;

/**
 * The shard of a record. An engine's stream has one shard for ever, but DynamoDB closes shards and splits them by key
 * all the time. So the stream is divided here into generations of so many records: the first is one shard, each next
 * one has twice as many, until at the maximum each shard is followed by one.
 *
 * It depends on the record alone, so that a stream that is read again after a restart has the same shards.
 */
export const shardOf = ({ dynamodb }: StreamRecord, engineShard: string, length = SHARD_LENGTH): Shard => {
  const generation = BigInt(dynamodb.SequenceNumber) / BigInt(length);
  const shards = generation > 2n ? MOST_SHARDS : Math.min(MOST_SHARDS, 2 ** Number(generation));
  const part = digest(JSON.stringify(dynamodb.Keys)).readUInt32BE() % shards;
  const name = digest(`${engineShard} ${part}`).toString('hex', 0, 4);
  return { id: `shardId-${String(generation).padStart(20, '0')}-${name}`, generation };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
