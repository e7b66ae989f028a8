import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import type { StreamRecord } from './stream-record.ts';

/** A tumbling window of a shard: its start, and the state that the function's calls in it pass on. */
export type Window = Readonly<{ start: number; state: unknown }>;

/**
 * The event of a function that reads a stream; the window's fields only if the mapping has one (Lambda guide,
 * services-ddb-windows).
 */
export const streamEvent = (
  { tumblingWindow, stream }: Pick<StreamMappingBlueprint, 'tumblingWindow' | 'stream'>,
  records: readonly StreamRecord[],
  shardId: string,
  window: Window | undefined,
  end: 'no' | 'in time' | 'early' = 'no',
) => ({
  Records: records,
  ...(window && {
    window: { start: seconds(window.start), end: seconds(window.start + tumblingWindow) },
    state: window.state,
    shardId,
    eventSourceARN: stream,
    isFinalInvokeForWindow: end !== 'no',
    isWindowTerminatedEarly: end === 'early',
  }),
});

/** The start of a record's window, by the time at which the record entered the stream. */
export const windowOf = ({ dynamodb }: StreamRecord, length: number): number => {
  const at = dynamodb.ApproximateCreationDateTime * 1000;
  return at - (at % length);
};

const seconds = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
