import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MirrorQueue } from '../../aws/sqs/mirror-queue.ts';
import type { UnmirroredSuppressions } from '../../store/suppressions/mirror-state.ts';
import { mirrorJobsOf } from '../../store/suppressions/mirror-state.ts';

export type Dependencies = Readonly<{
  queue: MirrorQueue;
  unmirrored: UnmirroredSuppressions;
  /** ISO 8601. */
  now: () => string;
  logger: Pick<Logger, 'info'>;
}>;

/** A batch of the Suppressions table's stream; without records, the nightly check of the whole table. */
export type StreamOrNightlyEvent = Readonly<{ Records?: readonly DynamoDBRecord[] }>;

/**
 * Queues the addresses whose entry on SES's list may differ from their row. The stream delivers changes within a second.
 * The nightly check finds what is not a change: causes that expired, and rows from before there was a mirror.
 */
export const createHandler =
  ({ queue, unmirrored, now, logger }: Dependencies) =>
  async ({ Records }: StreamOrNightlyEvent): Promise<void> => {
    const time = now();
    if (Records !== undefined) {
      const changed = mirrorJobsOf(Records, time);
      await queue.send(changed);
      if (changed.length > 0) logger.info('queued', { records: Records.length, addresses: changed.length });
      return;
    }
    let addresses = 0;
    for await (const found of unmirrored(time)) {
      await queue.send(found.map((address) => ({ address, change: time, ifStillNeeded: true })));
      addresses += found.length;
    }
    logger.info('queued', { addresses });
  };
