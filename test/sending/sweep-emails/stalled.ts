import { type Status, writtenRank } from '../../../lambdas/domain/status/statuses.ts';
import { shardOf } from '../../../lambdas/domain/values/digest.ts';
import { later, NOW } from '../accept-mail/set-up.ts';

const QUARTER = 900_000;

/** A row of campaign october, as the sender writes it; `wakeAt` in milliseconds from NOW. */
export const aRow = (
  messageId: string,
  status: Status,
  { wakeAt, ...more }: Readonly<{ wakeAt?: number; reason?: string; statusAt?: string; [name: string]: unknown }> = {},
) => {
  const recipient = `${messageId}@example.com`;
  const shard = shardOf(messageId, recipient);
  return {
    ...{ messageId, recipient, status, rank: writtenRank(status), statusAt: later(-QUARTER) },
    ...{ createdAt: NOW, campaignId: 'october', campaignShard: `october/${shard}`, values: { name: 'Ann' } },
    ...{ sendTo: recipient, acceptedAs: 'k#0', deleteAfter: 2_000_000_000 },
    ...(wakeAt !== undefined && { wakeAt: later(wakeAt), wakeShard: String(shard) }),
    ...more,
  };
};
