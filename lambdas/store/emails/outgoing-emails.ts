import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { STATUSES, type Status, statusesWith, writtenRank } from '../../domain/status/statuses.ts';
import { optional } from '../../domain/values/json.ts';
import { type Condition, conditionalUpdate, type ItemUpdate } from '../dynamodb/update-item.ts';
import { readToSend, type ToSend } from './accepted-row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';
import { WAKING, wake, wakeQueued } from './wake-at.ts';

/** What the sender reads of an email's row. */
export type OutgoingEmail = Pick<EmailStatus, 'messageId' | 'recipient' | 'status' | 'campaignId' | 'category'> &
  ToSend &
  Readonly<{
    /** Since when it has waited for the daily quota, and when it is checked again. ISO 8601. */
    depletedSince?: string;
    wakeAt?: string;
  }>;

/** The key of an email's row, and its campaign; a single message has none. */
export type OutgoingKey = Pick<OutgoingEmail, 'messageId' | 'recipient' | 'campaignId'>;

/** A final status set by the sender, and its reason. */
export type FinalStatus = Readonly<{ status: Status; reason?: string | undefined }>;

/**
 * The sender's steps. Each is one write, on the condition of the status that it leaves, and does not undo what happened to
 * the row meanwhile. Each returns whether it was written. Times are ISO 8601.
 */
export type OutgoingEmails = Readonly<{
  /** The email as it is now, read consistently; `undefined` if it expired, or its recipient was erased. */
  find: (messageId: string) => Promise<OutgoingEmail | undefined>;
  /** From waiting to `sending`. Only one of several concurrent attempts succeeds, and only that one may call SES. */
  claim: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From waiting to a final status, without having been sent. */
  refuse: (email: OutgoingKey, ending: FinalStatus, at: string) => Promise<boolean>;
  /** From waiting to `throttled`, unclaimed: a queue message triggers the next attempt. */
  throttle: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From waiting to `depleted`, unclaimed. */
  deplete: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From `sending` back to waiting: SES did not accept it. */
  release: (email: OutgoingKey, to: 'queued' | 'throttled' | 'depleted', at: string) => Promise<boolean>;
  /** From `sending` to `failed_sending`: SES did not accept it, and a retry would not change that. */
  fail: (email: OutgoingKey, reason: string, at: string) => Promise<boolean>;
  /** SES accepted it. A status that SES reported meanwhile outranks `sent` and stays. */
  sent: (email: OutgoingKey, sesMessageId: string, at: string) => Promise<boolean>;
}>;

/** The statuses of an email that waits to be sent. */
export const WAITING: readonly Status[] = [
  ...statusesWith({ waitsFor: 'the queue' }),
  ...statusesWith({ waitsFor: 'quota' }),
];

/** The EmailStatus table, as the sender uses it. */
export const outgoingEmails = (client: DynamoDBDocumentClient, table: string): OutgoingEmails => {
  const write = async ({ messageId, recipient }: OutgoingKey, update: ItemUpdate): Promise<boolean> =>
    (await conditionalUpdate(client, table, { messageId, recipient }, update)) === undefined;

  return {
    find: async (messageId) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'messageId = :id',
          ExpressionAttributeValues: { ':id': messageId },
          ConsistentRead: true,
        }),
      );
      const rows = Items.filter(({ recipient }) => recipient !== MESSAGE_ITSELF);
      // A bounce may name a forwarding target, which has a row under the same id: Mailtrail does not send to it.
      const row = rows.find(({ sendTo }) => sendTo !== undefined) ?? rows[0];
      if (row === undefined) return undefined;
      const { recipient, status, campaignId, category } = readEmailRow(row);
      const known = { messageId, recipient, status, campaignId, category };
      return { ...known, ...readToSend(row), ...optional(row, 'string', ['depletedSince', 'wakeAt']) } as OutgoingEmail;
    },
    claim: (email, at) =>
      write(email, {
        set: { ...statusAttributes('sending', at), ...wake(email, at) },
        remove: ['reason'],
        condition: inStatus(WAITING),
      }),
    refuse: (email, { status, reason }, at) =>
      write(email, {
        set: { ...statusAttributes(status, at), ...(reason !== undefined && { reason }) },
        remove: [...FOR_SENDING, ...(reason === undefined ? ['reason'] : [])],
        condition: inStatus(WAITING),
      }),
    throttle: (email, at) => write(email, { ...backInQueue(email, 'throttled', at), condition: inStatus(WAITING) }),
    deplete: (email, at) => write(email, { ...depleted(email, at), condition: inStatus(WAITING) }),
    release: (email, to, at) =>
      write(email, {
        ...(to === 'depleted' ? depleted(email, at) : backInQueue(email, to, at)),
        condition: inStatus(['sending']),
      }),
    fail: (email, reason, at) =>
      write(email, {
        set: { ...statusAttributes('failed_sending', at), reason },
        // The values stay, because a user may send it again.
        remove: [...WAKING, 'depletedSince'],
        condition: inStatus(['sending']),
      }),
    sent: async (email, sesMessageId, at) => {
      const done = { setOnce: { sesMessageId }, remove: [...FOR_SENDING, 'reason'] };
      const isSent = {
        set: statusAttributes('sent', at),
        condition: { expression: '#rank < :sent', values: { sent: SENT } },
      };
      if (await write(email, { ...done, ...isSent })) return true;
      return write(email, { ...done, condition: { expression: 'attribute_exists(#messageId)' } });
    },
  };
};

const SENT = STATUSES.sent.ranks.ses;
/** Attributes that a row has only until its email is sent, or will not be. */
export const FOR_SENDING = [...WAKING, 'depletedSince', 'values'];

/** A status below rank 100, as a row holds it. */
export const statusAttributes = (status: Status, statusAt: string) => ({
  status,
  rank: writtenRank(status),
  statusAt,
});

/** An email with a queue message for its next attempt. If that is lost, a single message is found by the time on its row. */
const backInQueue = (email: OutgoingKey, status: Status, at: string): ItemUpdate =>
  email.campaignId === undefined
    ? { set: { ...statusAttributes(status, at), ...wakeQueued(email, at) } }
    : { set: statusAttributes(status, at), remove: WAKING };

const depleted = (email: OutgoingKey, at: string) => ({
  set: { ...statusAttributes('depleted', at), ...wake(email, at) },
  setOnce: { depletedSince: at },
});

/** The condition that the row exists and has one of these statuses. */
export const inStatus = (statuses: readonly Status[]): Condition => ({
  expression: `#status IN (${statuses.map((status) => `:${status}`).join(', ')})`,
  values: Object.fromEntries(statuses.map((status) => [status, status])),
});
