import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { type SweepDependencies, sweep } from './sweep.ts';

export type Dependencies = SweepDependencies &
  Readonly<{
    logger: Pick<Logger, 'info'>;
    metrics: Pick<Metrics, 'addMetric' | 'hasStoredMetrics' | 'publishStoredMetrics'>;
  }>;

/** Milliseconds that must be left to start another page of each shard. */
const A_PAGE = 30_000;

/** Recovers stalled emails and lost queue messages. The next sweep does what this one has no time for. */
export const createHandler =
  ({ logger, metrics, ...dependencies }: Dependencies) =>
  async (_: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
    const { broken, ...swept } = await sweep(dependencies, () => context.getRemainingTimeInMillis() > A_PAGE);
    logger.info('swept', swept);
    if (swept.unknown > 0) metrics.addMetric('unknown', MetricUnit.Count, swept.unknown);
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    if (broken !== undefined) throw broken;
  };
