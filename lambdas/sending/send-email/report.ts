import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { errorName } from '../../runtime/error-name.ts';
import type { ProcessResult } from './result.ts';

/** The result of one record of a batch; with an `error`, it is received again. Ids contain no personal data. */
export type Handled = Readonly<{ record: string; messageId?: string | undefined }> &
  (Readonly<{ result: ProcessResult }> | Readonly<{ error: unknown }>);

export type Reporting = Readonly<{
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics: Pick<Metrics, 'addMetric' | 'hasStoredMetrics' | 'publishStoredMetrics'>;
}>;

/** Reports a batch: a log line with counts, one for each email that may need attention, and metrics. */
export const reportResults = (handled: readonly Handled[], { logger, metrics }: Reporting): void => {
  const counts: Record<string, number> = {};
  for (const one of handled) {
    const name = 'result' in one ? one.result.is : 'error';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  logger.info('processed', { emails: handled.length, ...counts });
  for (const one of handled) {
    const { record, messageId } = one;
    // Only the name: messages of SES and the SDK quote addresses.
    if ('error' in one) logger.error('not processed', { record, messageId, error: errorName(one.error) });
    else if (one.result.cause !== undefined) logger.warn(one.result.is, { messageId, cause: one.result.cause });
  }
  const { error: _, passed_over: __, ...counted } = counts;
  for (const [name, count] of Object.entries(counted)) metrics.addMetric(name, MetricUnit.Count, count);
  // Without stored metrics, Powertools would log a warning.
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};
