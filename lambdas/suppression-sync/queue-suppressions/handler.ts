import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MirrorQueue } from '../../aws/sqs/mirror-queue.ts';
import { mirrorJobsOf } from '../../store/suppressions/mirror-changes.ts';
import type { UnmirroredSuppressions } from '../../store/suppressions/unmirrored.ts';

export type Dependencies = Readonly<{
  work: MirrorQueue;
  unmirrored: UnmirroredSuppressions;
  /** ISO 8601. */
  now: () => string;
  logger: Pick<Logger, 'info'>;
}>;

/** A batch of the Suppressions table's stream; without records, the nightly call to look at the whole table. */
export type StreamOrNightlyEvent = Readonly<{ Records?: readonly DynamoDBRecord[] }>;

/**
 * Queues the addresses whose entry on SES's list may differ from their row. The stream tells of changes within a second;
 * the nightly look finds what no change tells: causes that ran out, and rows from before there was a mirror.
 */
export const createHandler =
  ({ work, unmirrored, now, logger }: Dependencies) =>
  async ({ Records }: StreamOrNightlyEvent): Promise<void> => {
    const time = now();
    if (Records !== undefined) {
      const changed = mirrorJobsOf(Records, time);
      await work.send(changed);
      if (changed.length > 0) logger.info('queued', { records: Records.length, addresses: changed.length });
      return;
    }
    let addresses = 0;
    for await (const found of unmirrored(time)) {
      await work.send(found.map((address) => ({ address, occasion: time, ifStillNeeded: true })));
      addresses += found.length;
    }
    logger.info('queued', { addresses });
  };
