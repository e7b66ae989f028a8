import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { MESSAGE_ITSELF } from '../../domain/ses-events/attribution.ts';
import { messageIdsIn } from '../../domain/values/pasted-message-id.ts';
import { textOf } from '../dynamodb/row.ts';
import type { EmailStatus } from './email.ts';
import { readEmailRow } from './email-row.ts';

/** The rows of a message, ordered by recipient, including `*`; `more` if it has others. */
export type MessageRows = Readonly<{ rows: readonly EmailStatus[]; more: boolean }>;

/** A message at SES has at most 50 recipients, but an id from the sender may stand for many messages. */
export const MOST_RECIPIENTS = 500;

/** The rows of a message by Mailtrail's id or by SES's, in any form that a user may paste; `undefined` if it is unknown. */
export const readMessage = async (
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
): Promise<MessageRows | undefined> => {
  for (const meant of messageIdsIn(id)) {
    const found = await rowsByEitherId(client, table, meant);
    if (found !== undefined) return found;
  }
  return undefined;
};

const rowsByEitherId = async (client: DynamoDBDocumentClient, table: string, id: string) => {
  const known = await rowsOf(client, table, id);
  const pointer = known && pointerIn(known);
  if (known !== undefined && pointer === undefined) return known;
  const messageId = pointer ?? (await idOf(client, table, id));
  return messageId === undefined ? undefined : rowsOf(client, table, messageId);
};

/** One email, or which of the two is unknown. */
export const readEmail = async (
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  recipient: string,
): Promise<EmailStatus | 'no such message' | 'no such recipient'> => {
  for (const meant of messageIdsIn(id)) {
    const found = await emailByEitherId(client, table, meant, recipient);
    if (found !== 'no such message') return found;
  }
  return 'no such message';
};

const emailByEitherId = async (client: DynamoDBDocumentClient, table: string, id: string, recipient: string) => {
  const known = await rowOf(client, table, id, recipient);
  if (known !== undefined) return known;
  const there = await rowsOf(client, table, id, 1);
  const messageId = (there && pointerIn(there)) ?? (await idOf(client, table, id));
  if (messageId !== undefined) return (await rowOf(client, table, messageId, recipient)) ?? 'no such recipient';
  return there === undefined ? 'no such message' : 'no such recipient';
};

/** The id that a pointer refers to, if the id has only a pointer: it is SES's second message under one id of the sender. */
const pointerIn = ({ rows }: MessageRows): string | undefined => {
  const [only, ...others] = rows;
  return only?.recipient === MESSAGE_ITSELF && others.length === 0 && only.events.length === 0
    ? only.pointsTo
    : undefined;
};

const rowOf = async (client: DynamoDBDocumentClient, table: string, messageId: string, recipient: string) => {
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { messageId, recipient } }));
  return Item === undefined ? undefined : readEmailRow(Item);
};

const rowsOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  messageId: string,
  most = MOST_RECIPIENTS + 1,
): Promise<MessageRows | undefined> => {
  const rows: EmailStatus[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'messageId = :messageId',
        ExpressionAttributeValues: { ':messageId': messageId },
        Limit: most + 1 - rows.length,
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    rows.push(...Items.map(readEmailRow));
    next = LastEvaluatedKey;
  } while (next !== undefined && rows.length <= most);
  return rows.length === 0 ? undefined : { rows: rows.slice(0, most), more: rows.length > most };
};

/** Mailtrail's id of the message with an id of SES's. */
const idOf = async (client: DynamoDBDocumentClient, table: string, sesMessageId: string) => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'bySesMessageId',
      KeyConditionExpression: 'sesMessageId = :sesMessageId',
      ExpressionAttributeValues: { ':sesMessageId': sesMessageId },
      Limit: 1,
    }),
  );
  return Items[0] === undefined ? undefined : textOf(Items[0], 'messageId');
};
