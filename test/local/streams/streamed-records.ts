import type { DynamoDBStreamEvent } from 'aws-lambda';
import { Activity } from '../../../local/messaging/activity.ts';
import { deadLettersIn } from '../../../local/messaging/dead-letters.ts';
import { Queue } from '../../../local/messaging/queue.ts';
import { StreamMapping } from '../../../local/streams/stream-mapping.ts';
import type { StreamRecord } from '../../../local/streams/stream-record.ts';
import type { StreamMappingBlueprint } from '../../../local/template/stream-mappings.ts';

/** The event of a function that reads a stream, including its tumbling window. */
export type Call = DynamoDBStreamEvent &
  Readonly<{
    window?: { start: string; end: string };
    state?: unknown;
    shardId?: string;
    isFinalInvokeForWindow?: boolean;
    isWindowTerminatedEarly?: boolean;
  }>;

/** The sequence numbers of a call. */
export const numbersIn = ({ Records }: Call): readonly number[] =>
  Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));

/** A record of the row `key`, so many seconds after midnight. */
export const recordOf = (sequence: number, key: string, second = 0): StreamRecord => ({
  eventID: String(sequence),
  eventName: 'MODIFY',
  eventSource: 'aws:dynamodb',
  dynamodb: {
    ApproximateCreationDateTime: Date.UTC(2026, 10, 25) / 1000 + second,
    Keys: { id: { S: key } },
    SequenceNumber: String(sequence),
  },
});

/** A mapping of a stream to a function with this behavior; `calls` are those it got. */
export const mapped = (
  behave: (call: Call) => unknown,
  options: Partial<StreamMappingBlueprint> & { shardLength?: number } = {},
) => {
  const activity = new Activity();
  const dead = new Queue({ name: 'failed', arn: 'arn:dead', maximumMessageSize: 1_000, redrive: undefined });
  const calls: Call[] = [];
  const invoke = async (event: unknown) => {
    calls.push(event as Call);
    return behave(event as Call);
  };
  const { shardLength = 1_000_000, ...blueprint } = options;
  const mapping = new StreamMapping(
    {
      ...{ table: 'Rows', stream: 'arn:stream', function: 'arn:f' },
      ...{ batchSize: 10, window: 10, tumblingWindow: 0 },
      ...{ reportsFailures: true, bisects: false, retries: 2, onFailure: undefined },
      ...blueprint,
    },
    { name: 'reader', invoke },
    activity,
    dead,
    shardLength,
  );
  const feed = async (...records: readonly StreamRecord[]) => {
    for (const record of records) mapping.accept(record, 'one');
    await activity.quiet();
  };
  return { feed, calls, mapping, dead: () => deadLettersIn([dead]) };
};
