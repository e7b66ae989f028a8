import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { errorName } from '../runtime/error-name.ts';
import { countFacts, type Stored, tally } from './count-facts.ts';
import type { RecordingDependencies } from './dependencies.ts';
import type { Batch, Failure } from './read-batch.ts';

/**
 * Reports the result of a batch: one line of log, with codes, ids and counts alone (addresses and subjects are personal
 * data and are never logged), and one of metrics. Ids of records are SQS's, by which a dead letter is found again.
 *
 * @param stored the final writes: none of a record that is delivered again, or it would be counted with each attempt
 */
export const reportBatch = (
  { arrivals, changes, acknowledged, unreadable, erased }: Batch,
  stored: readonly Stored[],
  failed: readonly Failure[],
  records: number,
  logger: RecordingDependencies['logger'],
  metrics: RecordingDependencies['metrics'],
): void => {
  const facts = arrivals.reduce((sum, { what }) => sum + what.facts.length, 0);
  logger.info('recorded', {
    records,
    facts,
    items: arrivals.length,
    ...(changes.length > 0 && { suppressions: changes.length }),
    ...(erased > 0 && { erased }),
    ...(acknowledged.length > 0 && { acknowledged: tally(acknowledged) }),
  });
  for (const { record, code, problem } of unreadable) logger.warn('unreadable record', { record, code, problem });
  // By name, not one by one: when the store is away every write of every batch fails, five times over.
  for (const [error, count] of Object.entries(tally(failed.map(({ error }) => errorName(error))))) {
    const ids = failed
      .filter((failure) => errorName(failure.error) === error)
      .flatMap((failure) => [...failure.records]);
    logger.error('write failed', { error, writes: count, records: ids.slice(0, MOST_IDS) });
  }

  for (const [reason, count] of Object.entries(tally(acknowledged))) {
    metrics.addMetric(`Acknowledged.${reason}`, MetricUnit.Count, count);
  }
  if (unreadable.length > 0) metrics.addMetric('Unreadable', MetricUnit.Count, unreadable.length);
  if (erased > 0) metrics.addMetric('Erased', MetricUnit.Count, erased);
  countFacts(stored, metrics);
  // With nothing stored Powertools would log a warning instead; it has published by itself where a metric got 100
  // values.
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** Enough to find some of the records again. */
const MOST_IDS = 10;
