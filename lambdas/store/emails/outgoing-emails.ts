import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { STATUSES, type Status, statusesWith, writtenRank } from '../../domain/status/statuses.ts';
import { optional } from '../../domain/values/json.ts';
import { type Condition, conditionalUpdate, type ItemUpdate } from '../dynamodb/update-item.ts';
import { readToSend, type ToSend } from './accepted-row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';
import { WAKING, wake, wakeQueued } from './wake-at.ts';

/** An email as the sender sees its row. */
export type OutgoingEmail = Pick<EmailStatus, 'messageId' | 'recipient' | 'status' | 'campaignId' | 'category'> &
  ToSend &
  Readonly<{
    /** Since when it waits for the day's quota, and when it is looked at again. ISO 8601. */
    depletedSince?: string;
    wakeAt?: string;
  }>;

/** An email's row; without `campaignId` it is a single message. */
export type OutgoingKey = Pick<OutgoingEmail, 'messageId' | 'recipient' | 'campaignId'>;

/** A final status of the sender's, and why. */
export type FinalStatus = Readonly<{ status: Status; reason?: string | undefined }>;

/**
 * The sender's own steps, each one conditional write on the exact status that it leaves: whatever else happened to the
 * row meanwhile stands. Each says whether it was taken. Times are ISO 8601.
 */
export type OutgoingEmails = Readonly<{
  /** As it stands now, read consistently; `undefined` where it expired, or its recipient was erased. */
  find: (messageId: string) => Promise<OutgoingEmail | undefined>;
  /** From waiting to `sending`. Of all who try, one alone gets it, and only that one may call SES. */
  claim: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From waiting to its end, without having been sent. */
  refuse: (email: OutgoingKey, ending: FinalStatus, at: string) => Promise<boolean>;
  /** From waiting to `throttled`, unclaimed: from now on a message of the queue brings it back. */
  throttle: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From waiting to `depleted`, unclaimed. */
  deplete: (email: OutgoingKey, at: string) => Promise<boolean>;
  /** From `sending` back to waiting: SES took nothing. */
  release: (email: OutgoingKey, to: 'queued' | 'throttled' | 'depleted', at: string) => Promise<boolean>;
  /** From `sending` to `failed_sending`: SES took nothing and never will. */
  fail: (email: OutgoingKey, reason: string, at: string) => Promise<boolean>;
  /** SES took it. What SES itself told meanwhile outranks that and stands. */
  sent: (email: OutgoingKey, sesMessageId: string, at: string) => Promise<boolean>;
}>;

/** An email in one of these waits to be sent. */
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
      // A bounce may name whom the email was forwarded to: a row under the same id, to which nobody sends.
      const row = rows.find(({ sendTo }) => sendTo !== undefined) ?? rows[0];
      if (row === undefined) return undefined;
      const { recipient, status, campaignId, category } = readEmailRow(row);
      const told = { messageId, recipient, status, campaignId, category };
      return { ...told, ...readToSend(row), ...optional(row, 'string', ['depletedSince', 'wakeAt']) } as OutgoingEmail;
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
        // The values stay: a person may send it again.
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
/** What a row holds only until its email is sent, or will not be. */
export const FOR_SENDING = [...WAKING, 'depletedSince', 'values'];

/** A status below rank 100, as a row holds it. */
export const statusAttributes = (status: Status, statusAt: string) => ({
  status,
  rank: writtenRank(status),
  statusAt,
});

/** An email that a message of the queue brings back. Should that be lost, a single message is found by a time on its row. */
const backInQueue = (email: OutgoingKey, status: Status, at: string): ItemUpdate =>
  email.campaignId === undefined
    ? { set: { ...statusAttributes(status, at), ...wakeQueued(email, at) } }
    : { set: statusAttributes(status, at), remove: WAKING };

const depleted = (email: OutgoingKey, at: string) => ({
  set: { ...statusAttributes('depleted', at), ...wake(email, at) },
  setOnce: { depletedSince: at },
});

/** That the row is there, and in one of these. */
export const inStatus = (statuses: readonly Status[]): Condition => ({
  expression: `#status IN (${statuses.map((status) => `:${status}`).join(', ')})`,
  values: Object.fromEntries(statuses.map((status) => [status, status])),
});
