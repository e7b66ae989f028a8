import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ResendPosition } from '../../domain/mailing/jobs.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { ofCampaign } from './list-by-campaign.ts';
import { FOR_SENDING, type OutgoingKey, statusAttributes } from './outgoing-emails.ts';

/** A page of a campaign's failed emails; `next` is where the next page starts, `undefined` at the end. */
export type FailedPage = Readonly<{ keys: readonly OutgoingKey[]; next: ResendPosition | undefined }>;

/** Which failed emails match: those that failed until `askedAt` (ISO 8601), with this reason if one is given. */
export type Meant = Readonly<{ reason?: string | undefined; askedAt: string }>;

export type FailedEmails = Readonly<{
  /** A campaign's emails whose sending failed, each once, page by page. */
  page: (campaignId: string, after: ResendPosition | undefined) => Promise<FailedPage>;
  /** Sets an email back to `queued` if it still matches; whether it did. */
  requeue: (email: OutgoingKey, meant: Meant, at: string) => Promise<boolean>;
}>;

export const failedEmails = (client: DynamoDBDocumentClient, table: string): FailedEmails => ({
  page: async (campaignId, after) => {
    const shard = after?.shard ?? 0;
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...ofCampaign(campaignId, shard, FAILED),
        Limit: MOST_KEYS_AT_ONCE,
        ...(after && after.messageId !== '' && { ExclusiveStartKey: startOf(campaignId, after) }),
      }),
    );
    const keys = Items.map((row) => ({ messageId: textOf(row, 'messageId'), recipient: textOf(row, 'recipient') }));
    return { keys, next: nextOf(shard, LastEvaluatedKey) };
  },
  requeue: async ({ messageId, recipient }, { reason, askedAt }, at) => {
    const email = { messageId, recipient };
    const known = await conditionalUpdate(client, table, email, {
      set: statusAttributes('queued', at),
      remove: ['reason', ...FOR_SENDING.filter((name) => name !== 'values')],
      condition: {
        // An email that failed after the request is not part of it: its recipient may have received it already.
        expression: `#status = :failed AND #statusAt <= :askedAt${reason === undefined ? '' : ' AND #reason = :asked'}`,
        values: { failed: FAILED.status, askedAt, ...(reason !== undefined && { asked: reason }) },
      },
    });
    return known === undefined;
  },
});

/** The status of a failed email. */
export const FAILED = { status: 'failed_sending' } as const;

const startOf = (campaignId: string, { shard, recipient, messageId }: ResendPosition) => ({
  campaignShard: `${campaignId}/${shard}`,
  ...{ ...FAILED, recipient, messageId },
});

/** The next position in the same shard, or the beginning of the next shard. */
const nextOf = (shard: number, last: Row | undefined): ResendPosition | undefined => {
  if (last !== undefined) return { shard, recipient: textOf(last, 'recipient'), messageId: textOf(last, 'messageId') };
  return shard + 1 < SHARDS ? { shard: shard + 1, recipient: '', messageId: '' } : undefined;
};
