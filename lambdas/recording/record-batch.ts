import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import pLimit from 'p-limit';
import type { RecordingDependencies } from './dependencies.ts';
import { type Batch, type Failure, readBatch, type Task } from './read-batch.ts';
import { reportBatch } from './report.ts';

/** Items written at the same time: enough to hide a round trip, few enough for the SDK's 50 sockets. */
const AT_ONCE = 32;

/**
 * Records a batch of a topic's queue. What fails, fails alone: the answer names the records to be delivered again
 * (Lambda Developer Guide, services-sqs-errorhandling), and repeating them is harmless.
 *
 * @throws if the erased people cannot be read, which fails the whole batch
 */
export const recordBatch = async (
  { Records }: SQSEvent,
  { recordFacts, afterRecording, recordSuppression, erasedPeople, ...dependencies }: RecordingDependencies,
): Promise<SQSBatchResponse> => {
  const { retentionDays, now, logger, metrics } = dependencies;
  const erased = await erasedPeople(now());
  const batch = readBatch(Records, { retentionDays, now: now() }, erased);
  const limit = pLimit(AT_ONCE);
  const each = <What>(tasks: readonly Task<What>[], write: (what: What) => Promise<void>) =>
    Promise.all(tasks.map((task) => limit(() => resultOf(task, write, now))));
  const [arrivals, changes] = await Promise.all([
    each(batch.arrivals, recordFacts),
    each(batch.changes, recordSuppression ?? refuse),
  ]);
  const done = arrivals.flatMap((result) => ('error' in result ? [] : [result]));
  const steps = afterRecording ? await each(done, (facts) => afterRecording(facts, erased, now())) : [];
  const failed = [...arrivals, ...changes, ...steps].filter((result) => 'error' in result);
  const again = new Set(toRepeat(batch, failed));
  const stored = done
    .filter(({ records }) => ![...records].some((record) => again.has(record)))
    .map(({ what, at }) => ({ arrival: what, at }));
  reportBatch(batch, stored, failed, Records.length, logger, metrics);
  return { batchItemFailures: [...again].map((itemIdentifier) => ({ itemIdentifier })) };
};

/** The handler of a topic whose events are only recorded. */
export const batchRecorder = (dependencies: RecordingDependencies) => (event: SQSEvent) =>
  recordBatch(event, dependencies);

/** A write that was done, and when; milliseconds since 1970. */
type Done<What> = Task<What> & Readonly<{ at: number }>;

const resultOf = async <What>(
  { what, records }: Task<What>,
  write: (what: What) => Promise<void>,
  now: () => number,
): Promise<Done<What> | Failure> => {
  try {
    await write(what);
    return { what, records, at: now() };
  } catch (error) {
    return { error, records };
  }
};

/**
 * For an event that suppresses, on a topic whose function may not write to the list (a legacy notification that was set
 * up on the wrong topic, say). Its status is recorded, but the record fails: the suppression must not be lost silently.
 */
const refuse = async (): Promise<void> => {
  throw new WrongTopic('this event suppresses an address and must come by the bounce, complaint or subscription topic');
};

export class WrongTopic extends Error {
  override readonly name = 'WrongTopic';
}

const toRepeat = ({ unreadable }: Batch, failed: readonly Failure[]): readonly string[] => [
  ...unreadable.map(({ record }) => record),
  ...failed.flatMap(({ records }) => [...records]),
];
