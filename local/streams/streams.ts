import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { Activity } from '../messaging/activity.ts';
import type { Consumer } from '../messaging/event-source-mapping.ts';
import type { Queue } from '../messaging/queue.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION, localDynamoDB } from '../process/local-dynamodb.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { readPositions, writePositions } from './positions.ts';
import { StreamMapping } from './stream-mapping.ts';
import { TableStream } from './table-stream.ts';

/** The streams that functions read. */
export type Streams = Readonly<{
  /** Records that are read and not yet done. */
  pending: () => number;
  /** Resolves when everything in the streams is done, with whether it already was. */
  quiet: () => Promise<boolean>;
  stop: () => void;
}>;

/** Lambda polls each shard four times a second (Lambda guide, with-ddb). */
const POLLING = 250;

export type StreamSurroundings = Readonly<{
  /** The engine's endpoint. */
  endpoint: string;
  functions: ReadonlyMap<string, Pick<Consumer, 'name' | 'invoke'>>;
  queues: ReadonlyMap<string, Queue>;
  /** Where positions are kept. */
  dataFolder?: string | undefined;
  shardLength?: number | undefined;
}>;

/** Reads the tables' streams for the functions that the template maps them to. */
export const wireStreams = async (
  { streamMappings }: Pick<Blueprint, 'streamMappings'>,
  { endpoint, functions, queues, dataFolder, shardLength }: StreamSurroundings,
): Promise<Streams> => {
  const activity = new Activity();
  const mappings = streamMappings.map((blueprint) => {
    const consumer = functions.get(blueprint.function);
    if (!consumer)
      throw new Error(`a mapping of ${blueprint.table}'s stream to ${blueprint.function} has no such function`);
    const failures = blueprint.onFailure === undefined ? undefined : queues.get(blueprint.onFailure);
    return { ...blueprint, mapping: new StreamMapping(blueprint, consumer, activity, failures, shardLength) };
  });
  const client = new DynamoDBStreamsClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const known = readPositions(dataFolder);
  const sources = new Map(mappings.map(({ table, stream }) => [table, stream]));
  const streams = await Promise.all(
    [...sources].map(async ([table, source]) => {
      const arn = await streamArn(endpoint, table);
      const readers = mappings.filter((one) => one.table === table);
      const stream = new TableStream(client, { arn, source, positions: known[arn] ?? {} }, (record, engineShard) => {
        for (const { mapping } of readers) mapping.accept(record, engineShard);
      });
      return [arn, stream] as const;
    }),
  );

  const read = async () => {
    const found = await Promise.all(streams.map(([, stream]) => stream.read()));
    return found.reduce((sum, count) => sum + count, 0);
  };
  let saved = JSON.stringify(known);
  /** Only while nothing is in progress: then everything up to there is done. */
  const save = () => {
    if (dataFolder === undefined || activity.pending > 0) return;
    const positions = Object.fromEntries(streams.map(([arn, stream]) => [arn, stream.positions]));
    if (JSON.stringify(positions) === saved) return;
    saved = JSON.stringify(positions);
    writePositions(dataFolder, positions);
  };
  // The end of an engine is reported elsewhere, and a failed request is repeated.
  const timer = setInterval(() => void read().then(save, () => {}), POLLING);
  return {
    pending: () => activity.pending,
    quiet: async () => {
      const found = await read();
      const wasQuiet = found === 0 && activity.pending === 0;
      await activity.quiet();
      save();
      return wasQuiet;
    },
    stop: () => {
      clearInterval(timer);
      for (const { mapping } of mappings) mapping.stop();
      client.destroy();
    },
  };
};

const streamArn = async (endpoint: string, table: string): Promise<string> => {
  const client = localDynamoDB(endpoint);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table })).finally(() => client.destroy());
  if (Table?.LatestStreamArn === undefined) throw new Error(`the table ${table} has no stream`);
  return Table.LatestStreamArn;
};
