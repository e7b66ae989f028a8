import type { CampaignCount } from '../../domain/campaign/campaign-counters.ts';

/** One write: the sum of the new changes, and the shard's position after it. */
export type CountWrite = Readonly<{
  sum: CampaignCount;
  shard: string;
  sequence: string;
  /** ISO 8601. */
  now: string;
  /** Shards whose records have expired from the stream. The write removes as many as fit into its expression. */
  forgotten: readonly string[];
}>;
