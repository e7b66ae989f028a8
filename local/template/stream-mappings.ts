import { readSwitchedOn } from './mappings.ts';
import { knownQueue } from './queues.ts';
import type { Resources } from './resources.ts';
import { streamedTables } from './tables.ts';

/** A table's stream and the function that reads it. */
export type StreamMappingBlueprint = Readonly<{
  /** The table's name, and its stream's ARN as in the template. */
  table: string;
  stream: string;
  /** By ARN. */
  function: string;
  /** The most records in one call. */
  batchSize: number;
  /** The batching window, in milliseconds. */
  window: number;
  /** Milliseconds of a tumbling window, in which calls pass on a state; 0 for none. */
  tumblingWindow: number;
  /** Whether the function reports from which record of a batch on it failed. */
  reportsFailures: boolean;
  /** Whether a batch on which the function throws is bisected. */
  bisects: boolean;
  /** How often a batch is retried; `undefined` for as long as the stream keeps it. */
  retries: number | undefined;
  /** ARN of the queue for batches that are given up. */
  onFailure: string | undefined;
}>;

/** A template's event source mappings that are enabled and read a table's stream. */
export const readStreamMappings = (resources: Resources): readonly StreamMappingBlueprint[] => {
  const queues = new Set(resources.of('AWS::SQS::Queue').map((queue) => queue.attribute('Arn')));
  const streams = streamedTables(resources);
  return readSwitchedOn(resources).flatMap(({ properties, ...common }) => {
    const stream = properties.at('EventSourceArn').text();
    const table = streams.get(stream);
    if (table === undefined) return [];
    const parallel = properties.at('ParallelizationFactor');
    if (parallel.number(1) !== 1)
      throw parallel.broken('sets several concurrent batches per shard, which is not supported here');
    const retries = properties.at('MaximumRetryAttempts').number(-1);
    const onFailure = properties.at('DestinationConfig').at('OnFailure').at('Destination');
    return {
      ...{ table, stream },
      ...common,
      batchSize: properties.at('BatchSize').number(100),
      tumblingWindow: 1000 * properties.at('TumblingWindowInSeconds').number(0),
      bisects: properties.at('BisectBatchOnFunctionError').flag(false),
      retries: retries < 0 ? undefined : retries,
      onFailure: onFailure.given ? knownQueue(onFailure, queues) : undefined,
    };
  });
};
