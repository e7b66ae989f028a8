import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { nextCheckAtAge } from '../../domain/mailing/recovery.ts';
import { isStatus, type Status } from '../../domain/status/statuses.ts';
import { SHARDS } from '../../domain/values/digest.ts';
import { optional } from '../../domain/values/json.ts';
import { batchGet, MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { FOR_SENDING, statusAttributes } from './outgoing-emails.ts';
import { queuedShard, WAKING, wake, wakeQueued } from './wake-at.ts';

/** An email that may have stalled, as its row was read. Times are ISO 8601. */
export type StalledEmail = Readonly<{
  messageId: string;
  recipient: string;
  status?: Status | undefined;
  statusAt?: string;
  campaignId?: string;
  /** As it was read, to detect later changes; empty if the row has none. */
  wakeAt: string;
  depletedSince?: string;
}>;

/**
 * Emails that must be checked again, and the steps that may follow. Each step is one write, on the condition that the status
 * and the time are still those that were read. Each returns whether it was written.
 */
export type StalledEmails = Readonly<{
  /** Pages of the emails that are due at `now`, in one of the WAKE_SHARDS shards. */
  due: (shard: number, now: string) => AsyncGenerator<readonly StalledEmail[]>;
  /** The same of single messages that wait in the queue. */
  dueQueued: (shard: number, now: string) => AsyncGenerator<readonly StalledEmail[]>;
  /** From `sending` to `failed_sending`. The values stay, because a user may send it again. */
  giveUp: (email: StalledEmail, reason: string, at: string) => Promise<boolean>;
  /** From `depleted` to `expired`. */
  expire: (email: StalledEmail, reason: string, at: string) => Promise<boolean>;
  /** Keeps the status; the email is checked again later. */
  postpone: (email: StalledEmail, at: string) => Promise<boolean>;
  /** The same of a single message that was queued again: it is found by `dueQueued`, later each time. */
  postponeQueued: (email: StalledEmail, at: string) => Promise<boolean>;
  /** Keeps the status; the email is not checked again. */
  leave: (email: StalledEmail) => Promise<boolean>;
  /** The same for an email that will not be sent: removes the attributes that only sending needs. */
  finish: (email: StalledEmail) => Promise<boolean>;
}>;

/** The index is sharded, because one key accepts 1,000 writes a second. */
export const WAKE_SHARDS = SHARDS;

export const stalledEmails = (client: DynamoDBDocumentClient, table: string): StalledEmails => {
  const write = async (
    { messageId, recipient, status, wakeAt }: StalledEmail,
    update: Readonly<{ set?: Readonly<Record<string, unknown>>; remove?: readonly string[] }>,
  ): Promise<boolean> => {
    const is = status === undefined ? '' : ' AND #status = :found';
    const condition = {
      expression: `${wakeAt === '' ? 'attribute_exists(#messageId) AND attribute_not_exists(#wakeAt)' : '#wakeAt = :known'}${is}`,
      values: { ...(wakeAt !== '' && { known: wakeAt }), ...(status !== undefined && { found: status }) },
    };
    return (await conditionalUpdate(client, table, { messageId, recipient }, { ...update, condition })) === undefined;
  };

  return {
    due: (shard, now) => pagesOf(client, table, String(shard), now),
    dueQueued: (shard, now) => pagesOf(client, table, queuedShard(shard), now),
    giveUp: (email, reason, at) =>
      write(email, {
        set: { ...statusAttributes('failed_sending', at), reason },
        remove: [...WAKING, 'depletedSince'],
      }),
    expire: (email, reason, at) =>
      write(email, { set: { ...statusAttributes('expired', at), reason }, remove: FOR_SENDING }),
    postpone: (email, at) => write(email, { set: wake(email, at) }),
    postponeQueued: (email, at) => {
      const age = Date.parse(at) - Date.parse(email.statusAt ?? '');
      return write(email, { set: wakeQueued(email, at, nextCheckAtAge(age)) });
    },
    leave: (email) => write(email, { remove: WAKING }),
    finish: (email) => write(email, { remove: FOR_SENDING }),
  };
};

async function* pagesOf(
  client: DynamoDBDocumentClient,
  table: string,
  wakeShard: string,
  now: string,
): AsyncGenerator<readonly StalledEmail[]> {
  let start: Row | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byWakeAt',
        KeyConditionExpression: 'wakeShard = :shard AND wakeAt <= :now',
        ExpressionAttributeValues: { ':shard': wakeShard, ':now': now },
        Limit: MOST_KEYS_AT_ONCE,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const keys = Items.map((row) => ({ messageId: textOf(row, 'messageId'), recipient: textOf(row, 'recipient') }));
    // The index is eventually consistent: rows may have been deleted or changed.
    const rows = await batchGet(client, table, keys);
    yield rows.map(readStalled).filter(({ wakeAt }) => wakeAt <= now && wakeAt !== '');
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

/** Reads a row. Invalid attributes are left out, so that one row does not stop the check of the others. */
export const readStalled = (row: Row): StalledEmail => ({
  messageId: textOf(row, 'messageId'),
  recipient: textOf(row, 'recipient'),
  ...(isStatus(row.status) && { status: row.status }),
  ...optional(row, 'string', ['statusAt', 'campaignId', 'depletedSince']),
  wakeAt: optional(row, 'string', ['wakeAt']).wakeAt ?? '',
});
