import type { CampaignCount } from '../../domain/campaign/campaign-counters.ts';

/** What one write brings: the sum of what is new, and how far the shard is counted then. */
export type CountWrite = Readonly<{
  sum: CampaignCount;
  shard: string;
  sequence: string;
  /** ISO 8601. */
  now: string;
  /** Shards whose records the stream has long dropped. The write removes as many of them as its expression has room for. */
  forgotten: readonly string[];
}>;
