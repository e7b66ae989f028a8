import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import type { StreamRecord } from './stream-record.ts';

/** A tumbling window of a shard: when it began, and what the function's calls in it hand on. */
export type Window = Readonly<{ start: number; state: unknown }>;

/** What a function gets that reads a stream, the window's fields only where the mapping has one (Lambda guide, services-ddb-windows). */
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

/** When the window began that a record falls into, by when it came into the stream. */
export const windowOf = ({ dynamodb }: StreamRecord, length: number): number => {
  const at = dynamodb.ApproximateCreationDateTime * 1000;
  return at - (at % length);
};

const seconds = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
