import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import type { StreamRecord } from './stream-record.ts';

/** Records that are passed to the function together, and how often they were. */
export type Batch = Readonly<{ records: readonly StreamRecord[]; attempts: number }>;

/**
 * The rest of a batch after the function returned (Lambda guide, services-ddb-batchfailurereporting): everything from
 * the first record it reports; all of it if it reports a record outside the batch, or returns an invalid result.
 */
export const failedOf = (answer: unknown, records: readonly StreamRecord[]): readonly StreamRecord[] => {
  const failures = (answer as Readonly<{ batchItemFailures?: unknown }> | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return records;
  const positions = failures.map((failure) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure?.itemIdentifier),
  );
  // An unknown record gives -1, which sorts before everything: the whole batch is left.
  return positions.length === 0 ? [] : records.slice(Math.max(0, Math.min(...positions)));
};

/**
 * How a failed batch is retried: unchanged, or, if the mapping bisects batches, in two halves, which does not count as
 * a retry; `undefined` if it is given up.
 */
export const retriesOf = (
  { records, attempts }: Batch,
  threw: boolean,
  { bisects, retries = MOST_RETRIES }: Pick<StreamMappingBlueprint, 'bisects' | 'retries'>,
): readonly Batch[] | undefined => {
  if (threw && bisects && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, attempts }));
  }
  return attempts < retries ? [{ records, attempts: attempts + 1 }] : undefined;
};

/** The retries of a mapping that retries as long as the stream keeps the records: on AWS a day, too long here. */
const MOST_RETRIES = 10;
