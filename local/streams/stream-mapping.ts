import { randomUUID } from 'node:crypto';
import type { Activity } from '../messaging/activity.ts';
import type { Consumer } from '../messaging/event-source-mapping.ts';
import type { Queue } from '../messaging/queue.ts';
import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import type { Batch } from './batch-outcome.ts';
import { ShardReader } from './shard-reader.ts';
import { type Shard, shardOf } from './shards.ts';
import type { StreamRecord } from './stream-record.ts';

/** Shards that are read in parallel; `open` of them are not drained yet. */
type Generation = { number: bigint; readers: Map<string, ReaderOfShard>; open: number };
type ReaderOfShard = Pick<ShardReader, 'add' | 'start' | 'close' | 'stop'>;

/**
 * Reads a table's stream for a function, as Lambda's event source mapping does: each shard in order, several in
 * parallel, and a shard only after its parents are read to their end.
 */
export class StreamMapping {
  readonly #blueprint: StreamMappingBlueprint;
  readonly #consumer: Pick<Consumer, 'name' | 'invoke'>;
  readonly #activity: Activity;
  readonly #failures: Queue | undefined;
  readonly #shardLength: number | undefined;
  #generations: Generation[] = [];

  /**
   * @param activity counts every record until it is done
   * @param failures receives the batches that are given up
   */
  constructor(
    blueprint: StreamMappingBlueprint,
    consumer: Pick<Consumer, 'name' | 'invoke'>,
    activity: Activity,
    failures?: Queue,
    shardLength?: number,
  ) {
    this.#blueprint = blueprint;
    this.#consumer = consumer;
    this.#activity = activity;
    this.#failures = failures;
    this.#shardLength = shardLength;
  }

  accept(record: StreamRecord, engineShard: string): void {
    const shard = shardOf(record, engineShard, this.#shardLength);
    this.#activity.begin();
    this.#reader(shard).add(record);
  }

  stop(): void {
    for (const { readers } of this.#generations) for (const reader of readers.values()) reader.stop();
  }

  #reader({ id, generation }: Shard): ReaderOfShard {
    const last = this.#generations.at(-1);
    if (last?.number === generation) return last.readers.get(id) ?? this.#open(last, id);
    const next: Generation = { number: generation, readers: new Map(), open: 0 };
    this.#generations.push(next);
    const reader = this.#open(next, id);
    for (const before of last?.readers.values() ?? []) before.close();
    return reader;
  }

  #open(generation: Generation, id: string): ReaderOfShard {
    const reader = new ShardReader(id, this.#blueprint, {
      invoke: (event) => this.#consumer.invoke(event),
      done: (records) => {
        for (const _ of records) this.#activity.end();
      },
      givenUp: (shardId, batch, why) => this.#giveUp(shardId, batch, why),
      drained: () => this.#drained(generation),
    });
    generation.readers.set(id, reader);
    generation.open += 1;
    if (this.#generations[0] === generation) reader.start();
    return reader;
  }

  #drained(generation: Generation): void {
    generation.open -= 1;
    if (generation.open > 0) return;
    this.#generations = this.#generations.filter((one) => one !== generation);
    for (const reader of this.#generations[0]?.readers.values() ?? []) reader.start();
  }

  /**
   * Reports the position of the records, as Lambda does, not their content (Lambda guide, services-dynamodb-errors).
   */
  #giveUp(shardId: string, { records, attempts }: Batch, why: string): void {
    const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
    const now = Date.now();
    const time = (seconds = 0) => new Date(seconds * 1000).toISOString();
    const body = JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: this.#blueprint.function,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts + 1,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(now).toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: first?.SequenceNumber,
        endSequenceNumber: last?.SequenceNumber,
        approximateArrivalOfFirstRecord: time(first?.ApproximateCreationDateTime),
        approximateArrivalOfLastRecord: time(last?.ApproximateCreationDateTime),
        batchSize: records.length,
        streamArn: this.#blueprint.stream,
      },
    });
    const message = { id: randomUUID(), body, sentAt: now, visibleAt: now, receiveCount: 0 };
    const reason = `${why}, by ${this.#consumer.name} after ${attempts + 1} attempts`;
    this.#failures?.bury({ ...message, firstReceivedAt: undefined, death: undefined }, reason, this.#blueprint.table);
  }
}
