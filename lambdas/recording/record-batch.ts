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
 * @throws where nobody can tell who was erased, which fails all of them
 */
export const recordBatch = async (
  { Records }: SQSEvent,
  { recordFacts, recordSuppression, erasedPeople, retentionDays, now, logger, metrics }: RecordingDependencies,
): Promise<SQSBatchResponse> => {
  const batch = readBatch(Records, { retentionDays, now: now() }, await erasedPeople(now()));
  const limit = pLimit(AT_ONCE);
  const attempt = <What>(task: Task<What>, write: (what: What) => Promise<void>) =>
    limit(() => outcomeOf(task, write, now));
  const [arrivals, changes] = await Promise.all([
    Promise.all(batch.arrivals.map((task) => attempt(task, recordFacts))),
    Promise.all(batch.changes.map((task) => attempt(task, recordSuppression ?? refuse))),
  ]);
  const failed = [...arrivals, ...changes].filter((outcome) => 'error' in outcome);
  const again = new Set(toRepeat(batch, failed));
  const stored = arrivals.flatMap((outcome) =>
    'error' in outcome || [...outcome.records].some((record) => again.has(record))
      ? []
      : [{ arrival: outcome.what, at: outcome.at }],
  );
  reportBatch(batch, stored, failed, Records.length, logger, metrics);
  return { batchItemFailures: [...again].map((itemIdentifier) => ({ itemIdentifier })) };
};

/** A write that was done, and when; milliseconds since 1970. */
type Done<What> = Task<What> & Readonly<{ at: number }>;
const outcomeOf = async <What>(
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
 * An event that suppresses came by a topic whose function may not write to the list (a legacy notification set up on the
 * wrong topic, say). Its status is recorded, but the record fails: an address that must not be written to is not let go
 * in silence.
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
