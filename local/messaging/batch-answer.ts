import type { QueuedMessage } from './queue.ts';

/**
 * Which messages of a batch a function says it failed on (Lambda guide, services-sqs-errorhandling): those it names; none
 * where it names none; all of them where the list is no list of ids, or names a stranger.
 */
export const failedOf = (answer: unknown, batch: readonly QueuedMessage[]): readonly QueuedMessage[] => {
  const failures = (answer as Readonly<{ batchItemFailures?: unknown }> | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return batch;
  const named = new Set(failures.map((failure) => failure?.itemIdentifier));
  const failed = batch.filter(({ id }) => named.has(id));
  return failed.length === named.size ? failed : batch;
};
