import { readSwitchedOn } from './mappings.ts';
import { knownQueue } from './queues.ts';
import type { Resources } from './resources.ts';
import { streamedTables } from './tables.ts';

/** A table's stream that a function reads. */
export type StreamMappingBlueprint = Readonly<{
  /** The table's name, and its stream's ARN as the template knows it. */
  table: string;
  stream: string;
  /** By ARN. */
  function: string;
  /** Records in one call at most. */
  batchSize: number;
  /** Milliseconds a batch waits for more records. */
  window: number;
  /** Milliseconds of a tumbling window, in which calls hand a state on; 0 for none. */
  tumblingWindow: number;
  /** The function says itself from which record of a batch on it failed. */
  reportsFailures: boolean;
  /** A batch on which the function throws is cut in two. */
  bisects: boolean;
  /** How often a batch is tried again; `undefined` as long as the stream keeps it. */
  retries: number | undefined;
  /** ARN of the queue that is told of a batch that is given up. */
  onFailure: string | undefined;
}>;

/** The event source mappings of a template that are switched on and read a table's stream. */
export const readStreamMappings = (resources: Resources): readonly StreamMappingBlueprint[] => {
  const queues = new Set(resources.of('AWS::SQS::Queue').map((queue) => queue.attribute('Arn')));
  const streams = streamedTables(resources);
  return readSwitchedOn(resources).flatMap(({ properties, ...common }) => {
    const stream = properties.at('EventSourceArn').text();
    const table = streams.get(stream);
    if (table === undefined) return [];
    const parallel = properties.at('ParallelizationFactor');
    if (parallel.number(1) !== 1) throw parallel.broken('asks for several batches of a shard at once, not made here');
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
