import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { Activity } from '../../../local/messaging/activity.ts';
import { deadLettersIn } from '../../../local/messaging/dead-letters.ts';
import { EventSourceMapping } from '../../../local/messaging/event-source-mapping.ts';
import { Queue } from '../../../local/messaging/queue.ts';

export type Behaviour = (records: readonly SQSRecord[]) => unknown;

/** A queue with its dead letters and a function with this behavior; `batches` are the bodies it was called with. */
export const feed = (
  behave: Behaviour,
  options: { batchSize?: number; window?: number; concurrency?: number; reports?: boolean } = {},
) => {
  const activity = new Activity();
  const limits = { maximumMessageSize: 1_000, redrive: undefined };
  const dead = new Queue({ name: 'dead', arn: 'arn:dead', ...limits });
  const redrive = { deadLetterQueue: 'arn:dead', maxReceiveCount: 5 };
  const queue = new Queue({ name: 'events', arn: 'arn:events', ...limits, redrive }, dead, activity);
  const batches: string[][] = [];
  const records: SQSRecord[] = [];
  const invoke = async (event: unknown) => {
    const batch = (event as SQSEvent).Records;
    batches.push(batch.map(({ body }) => body));
    records.push(...batch);
    return behave(batch);
  };
  const { batchSize = 10, window = 30, concurrency = 2, reports = true } = options;
  const blueprint = {
    queue: 'arn:events',
    function: 'arn:f',
    batchSize,
    window,
    concurrency,
    reportsFailures: reports,
  };
  const mapping = new EventSourceMapping(blueprint, queue, { name: 'recorder', invoke, codeFor: () => undefined });
  return { queue, activity, batches, records, mapping, dead: () => deadLettersIn([dead]) };
};

export const failOn =
  (wrong: (body: string) => boolean): Behaviour =>
  (records) => ({
    batchItemFailures: records
      .filter(({ body }) => wrong(body))
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  });
export const nothing = failOn(() => false);
