import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { InSandbox, type SesList } from '../../aws/ses/suppression-list.ts';
import { readMirrorJob } from '../../aws/sqs/mirror-queue.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { MirroredSuppressions } from '../../store/suppressions/mirror-state.ts';
import { mirror } from './mirror.ts';

export type Dependencies = Readonly<{
  suppressions: MirroredSuppressions;
  /** SES's list, whose requests stop when the time (milliseconds) runs out. */
  listFor: (timeLeft: () => number) => SesList;
  now: () => string;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}>;

/**
 * Mirrors the addresses of a batch, one after the other. After a failure, the rest of the batch is reported as failed too,
 * so that the FIFO group keeps its order (Lambda guide, services-sqs-errorhandling).
 */
export const createHandler =
  ({ listFor, logger, ...dependencies }: Dependencies) =>
  async ({ Records }: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const list = listFor(() => context.getRemainingTimeInMillis());
    for (const [index, { messageId: record, body }] of Records.entries()) {
      try {
        await mirror(readMirrorJob(body), { ...dependencies, list });
        logger.info('mirrored', { record });
      } catch (error) {
        if (error instanceof InSandbox) {
          // A retry would only fill the dead-letter queue. The nightly check queues the address again.
          logger.warn('not mirrored', { record, code: 'sandbox' });
          continue;
        }
        // Only the name: SES's message may quote the address.
        logger.error('not mirrored', { record, error: errorName(error) });
        return { batchItemFailures: Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })) };
      }
    }
    return { batchItemFailures: [] };
  };
