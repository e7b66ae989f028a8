import type { StreamMappingBlueprint } from '../template/stream-mappings.ts';
import type { StreamRecord } from './stream-record.ts';

/** Records that go to the function together, and how often they did already. */
export type Batch = Readonly<{ records: readonly StreamRecord[]; attempts: number }>;

/**
 * What is left of a batch after the function answered (Lambda guide, services-ddb-batchfailurereporting): everything from
 * the first record on that it names; all of it where it names a record the batch has not, or answers nonsense.
 */
export const failedOf = (answer: unknown, records: readonly StreamRecord[]): readonly StreamRecord[] => {
  const failures = (answer as Readonly<{ batchItemFailures?: unknown }> | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return records;
  const positions = failures.map((failure) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure?.itemIdentifier),
  );
  // -1 is before everything, and so is what it stands for.
  return positions.length === 0 ? [] : records.slice(Math.max(0, Math.min(...positions)));
};

/**
 * How a batch that failed is tried again: as it was, or where the mapping says so in two halves, which does not count as
 * one of its retries; `undefined` where it is given up.
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

/** Where a mapping tries for as long as the stream keeps the records: a day, which nobody waits for here. */
const MOST_RETRIES = 10;
