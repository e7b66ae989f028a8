import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { InSandbox, type SesList } from '../../aws/ses/suppression-list.ts';
import { readMirrorJob } from '../../aws/sqs/mirror-queue.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { MirroredSuppressions } from '../../store/suppressions/mirror-state.ts';
import { mirror } from './mirror.ts';

export type Dependencies = Readonly<{
  suppressions: MirroredSuppressions;
  /** SES's list, for as long as there is time (milliseconds). */
  listFor: (timeLeft: () => number) => SesList;
  now: () => string;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}>;

/**
 * Mirrors the addresses it is handed, one after the other. After a failure the rest is handed back untouched: a FIFO
 * group keeps its order (Lambda guide, services-sqs-errorhandling).
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
          // Trying again would only fill the dead-letter queue. The nightly look finds what is still to be mirrored.
          logger.warn('not mirrored', { record, code: 'sandbox' });
          continue;
        }
        // By name: what SES says of an address quotes it.
        logger.error('not mirrored', { record, error: errorName(error) });
        return { batchItemFailures: Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })) };
      }
    }
    return { batchItemFailures: [] };
  };
