import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import pLimit from 'p-limit';
import { changesOf } from '../domain/campaign.ts';
import type { CampaignBatch, CampaignCounter } from '../store/count-campaign.ts';
import { readStreamRecord } from '../store/read-stream-record.ts';

export type Dependencies = Readonly<{
  countCampaign: CampaignCounter;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'info' | 'error'>;
}>;

/** With a tumbling window, and only then, Lambda tells the shard (Lambda guide, services-ddb-windows). */
export type ShardEvent = DynamoDBStreamEvent & Readonly<{ shardId?: string }>;

/** Campaigns counted at the same time. */
const AT_ONCE = 32;

/**
 * Counts what a batch of the EmailStatus stream changed, once for each campaign in it. Where a campaign cannot be written
 * the batch fails as a whole and comes again, in pieces: what was counted is known and not counted twice.
 */
export const createHandler =
  ({ countCampaign, now, logger }: Dependencies) =>
  async ({ Records, shardId }: ShardEvent): Promise<Readonly<{ state: object }>> => {
    // Lambda wants a state back; each batch is written at once, so that none is lost with a window.
    const answer = { state: {} };
    if (Records.length === 0) return answer;
    if (shardId === undefined) throw new Error('the event tells no shard: its mapping needs a tumbling window');
    const batches = batchesOf(Records, shardId);
    const limit = pLimit(AT_ONCE);
    const time = now();
    const outcomes = await Promise.allSettled(batches.map((batch) => limit(() => countCampaign(batch, time))));

    logger.info('counted', { records: Records.length, campaigns: batches.length });
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (failed[0] === undefined) return answer;
    const { reason } = failed[0];
    // By its name: what the SDK says of keys is not for the log.
    const error = reason instanceof Error ? reason.name : typeof reason;
    logger.error('count failed', { error, campaigns: failed.length });
    throw reason;
  };

const batchesOf = (records: DynamoDBStreamEvent['Records'], shard: string): readonly CampaignBatch[] => {
  const all = records
    .map(readStreamRecord)
    .flatMap(({ sequence, before, after }) => changesOf(before, after).map((change) => ({ sequence, change })));
  return [...Map.groupBy(all, ({ change }) => change.campaignId)].map(([campaignId, records]) => ({
    campaignId,
    shard,
    records,
  }));
};
