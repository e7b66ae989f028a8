import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { changesSomething, type StreamRecord, streamRecord } from './stream-record.ts';

/** How far a stream is read: the last sequence number by the engine's shard. */
export type Positions = Readonly<Record<string, string>>;

/** Milliseconds for which a stream keeps a record. The engines keep it for ever. */
const KEPT = 24 * 3_600_000;

/** In place of the iterator of a shard that has to be opened, for the first time or again. */
const UNOPENED = '';

/** How often one read reopens a shard before it fails. */
const RENEWALS = 5;

/** The stream of a table in an engine. */
export class TableStream {
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;
  readonly #source: string;
  readonly #take: (record: StreamRecord, engineShard: string) => void;
  #positions: Positions;
  readonly #iterators = new Map<string, string | undefined>();
  #reading: Promise<number> = Promise.resolve(0);

  /**
   * @param arn the engine's ARN of the stream
   * @param source the ARN that functions get
   * @param positions where an earlier stack stopped reading
   */
  constructor(
    client: DynamoDBStreamsClient,
    { arn, source, positions }: Readonly<{ arn: string; source: string; positions: Positions }>,
    take: (record: StreamRecord, engineShard: string) => void,
  ) {
    this.#client = client;
    this.#arn = arn;
    this.#source = source;
    this.#positions = positions;
    this.#take = take;
  }

  get positions(): Positions {
    return this.#positions;
  }

  /** Reads the records there are now, after any read in progress; resolves with how many there were. */
  read(): Promise<number> {
    this.#reading = this.#reading.catch(() => 0).then(() => this.#readAll());
    return this.#reading;
  }

  async #readAll(): Promise<number> {
    // The engines open a shard only when they close one: an open one is the last.
    if (![...this.#iterators.values()].some((iterator) => iterator !== undefined)) await this.#findShards();
    let found = 0;
    for (const shard of this.#iterators.keys()) found += await this.#readShard(shard);
    return found;
  }

  async #readShard(shard: string): Promise<number> {
    let found = 0;
    let renewals = 0;
    for (
      let iterator = await this.#iteratorOf(shard);
      iterator !== undefined;
      iterator = await this.#iteratorOf(shard)
    ) {
      try {
        const { Records = [], NextShardIterator } = await this.#client.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        this.#iterators.set(shard, NextShardIterator);
        for (const record of Records) this.#accept(streamRecord(record, this.#source), shard);
        found += Records.length;
        if (Records.length === 0) break;
      } catch (error) {
        this.#iterators.set(shard, UNOPENED);
        if (renewals === RENEWALS || !isStale(error)) throw error;
        renewals += 1;
      }
    }
    return found;
  }

  /** Undefined at the end of a closed shard. */
  async #iteratorOf(shard: string): Promise<string | undefined> {
    if (this.#iterators.get(shard) === UNOPENED) this.#iterators.set(shard, await this.#open(shard));
    return this.#iterators.get(shard);
  }

  async #open(shard: string): Promise<string | undefined> {
    const position = this.#positions[shard];
    const { ShardIterator } = await this.#client.send(
      new GetShardIteratorCommand({
        StreamArn: this.#arn,
        ShardId: shard,
        ...(position === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position }),
      }),
    );
    return ShardIterator;
  }

  #accept(record: StreamRecord, shard: string): void {
    const { SequenceNumber, ApproximateCreationDateTime } = record.dynamodb;
    this.#positions = { ...this.#positions, [shard]: SequenceNumber };
    const isKept = ApproximateCreationDateTime * 1000 > Date.now() - KEPT;
    if (isKept && changesSomething(record)) this.#take(record, shard);
  }

  /** In the engine's order, which is by age. */
  async #findShards(): Promise<void> {
    const { StreamDescription } = await this.#client.send(new DescribeStreamCommand({ StreamArn: this.#arn }));
    for (const { ShardId = '' } of StreamDescription?.Shards ?? [])
      if (!this.#iterators.has(ShardId)) this.#iterators.set(ShardId, UNOPENED);
  }
}

/**
 * Whether a new iterator for the same position can continue. An iterator that is unused for 15 minutes expires.
 * DynamoDB Local sometimes reports the iterator of a shard that was empty as trimmed, once the first record is there
 * (aws/aws-sdk-java issue 2923).
 */
const isStale = (error: unknown): boolean =>
  error instanceof TrimmedDataAccessException || error instanceof ExpiredIteratorException;
