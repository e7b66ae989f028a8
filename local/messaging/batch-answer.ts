import type { QueuedMessage } from './queue.ts';

/**
 * The messages of a batch that a function reported as failed (Lambda guide, services-sqs-errorhandling): those it
 * lists; none if it lists none; all of them if the list is not a list of ids, or contains an unknown one.
 */
export const failedOf = (answer: unknown, batch: readonly QueuedMessage[]): readonly QueuedMessage[] => {
  const failures = (answer as Readonly<{ batchItemFailures?: unknown }> | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return batch;
  const named = new Set(failures.map((failure) => failure?.itemIdentifier));
  const failed = batch.filter(({ id }) => named.has(id));
  return failed.length === named.size ? failed : batch;
};
