import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { errorName } from '../../runtime/error-name.ts';
import type { ProcessResult } from './result.ts';

/** What came of one record of a batch; `error` where it comes again. Ids hold nothing personal. */
export type Handled = Readonly<{ record: string; messageId?: string | undefined }> &
  (Readonly<{ came: ProcessResult }> | Readonly<{ error: unknown }>);

export type Reporting = Readonly<{
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics: Pick<Metrics, 'addMetric' | 'hasStoredMetrics' | 'publishStoredMetrics'>;
}>;

/** Says what became of a batch: a line of log with counts, one for each email that somebody may want to look for, and metrics. */
export const reportResults = (handled: readonly Handled[], { logger, metrics }: Reporting): void => {
  const counts: Record<string, number> = {};
  for (const one of handled) {
    const word = 'came' in one ? one.came.is : 'error';
    counts[word] = (counts[word] ?? 0) + 1;
  }
  logger.info('attended', { emails: handled.length, ...counts });
  for (const one of handled) {
    const { record, messageId } = one;
    // By name: what SES and the SDK say quotes addresses.
    if ('error' in one) logger.error('not attended', { record, messageId, error: errorName(one.error) });
    else if (one.came.cause !== undefined) logger.warn(one.came.is, { messageId, cause: one.came.cause });
  }
  const { error: _, passed_over: __, ...counted } = counts;
  for (const [word, count] of Object.entries(counted)) metrics.addMetric(word, MetricUnit.Count, count);
  // With nothing stored Powertools would log a warning instead.
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
