import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import pLimit from 'p-limit';
import { changesOf } from '../../domain/campaign/campaign-counters.ts';
import { newestEventOf } from '../../domain/status/newest-event.ts';
import { errorName } from '../../runtime/error-name.ts';
import type { CampaignBatch, CampaignCounter } from '../../store/campaigns/count-campaign.ts';
import type { NewestEventKeeper } from '../../store/campaigns/newest-event.ts';
import { type EmailChange, readStreamRecord } from '../../store/emails/email-change.ts';

export type Dependencies = Readonly<{
  countCampaign: CampaignCounter;
  keepNewestEvent: NewestEventKeeper;
  /** ISO 8601 UTC with milliseconds. */
  now: () => string;
  logger: Pick<Logger, 'info' | 'error'>;
}>;

/** With a tumbling window, and only then, Lambda passes the shard (Lambda guide, services-ddb-windows). */
export type ShardEvent = DynamoDBStreamEvent & Readonly<{ shardId?: string }>;

/** Campaigns counted at the same time. */
const AT_ONCE = 32;

/**
 * Counts what a batch of the EmailStatus stream changed, once for each campaign in it, and keeps the time of the newest
 * event. If one of them cannot be written, the batch fails as a whole and is delivered again, in parts: what was
 * counted is recorded and not counted twice.
 */
export const createHandler =
  ({ countCampaign, keepNewestEvent, now, logger }: Dependencies) =>
  async ({ Records, shardId }: ShardEvent): Promise<Readonly<{ state: object }>> => {
    // Lambda requires a state in the response; each batch is written at once, so that none is lost with a window.
    const answer = { state: {} };
    if (Records.length === 0) return answer;
    if (shardId === undefined) throw new Error('the event tells no shard: its mapping needs a tumbling window');
    const changes = Records.map(readStreamRecord);
    const time = now();
    const batches = batchesOf(changes, shardId, time);
    const limit = pLimit(AT_ONCE);
    const newest = newestEventOf(
      changes.flatMap(({ after }) => after ?? []),
      time,
    );
    const outcomes = await Promise.allSettled([
      ...batches.map((batch) => limit(() => countCampaign(batch, time))),
      ...(newest === undefined ? [] : [keepNewestEvent(newest)]),
    ]);

    logger.info('counted', { records: Records.length, campaigns: batches.length });
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (failed[0] === undefined) return answer;
    const { reason } = failed[0];
    // Only its name: the SDK's messages about keys must not be logged.
    const error = errorName(reason);
    logger.error('count failed', { error, writes: failed.length });
    throw reason;
  };

const batchesOf = (changes: readonly EmailChange[], shard: string, now: string): readonly CampaignBatch[] => {
  const all = changes.flatMap(({ sequence, before, after }) =>
    changesOf(before, after, now).map((change) => ({ sequence, change })),
  );
  return [...Map.groupBy(all, ({ change }) => change.campaignId)].map(([campaignId, records]) => ({
    campaignId,
    shard,
    records,
  }));
};
