import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isErased } from '../../domain/erasure/erasure.ts';
import { optional } from '../../domain/values/json.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import { conditionalDelete } from '../dynamodb/update-item.ts';
import type { ContentEraser } from '../mailings/single-messages.ts';

/** How many emails of a person were found; a minimum if there are too many to count all of them. */
export type FoundEmails = Readonly<{ emails: number; isFloor: boolean }>;

/** How many emails were deleted, and whether those were all of them. */
export type Deleted = Readonly<{ emails: number; done: boolean }>;

/**
 * The emails to an address that SES accepted until `erasedAt` (ISO 8601). An email without a time from SES is in no
 * index.
 */
export type EmailEraser = Readonly<{
  count: (address: string, erasedAt: string) => Promise<FoundEmails>;
  /**
   * Deletes them while there is time (milliseconds), each after its content, which is found only through the row. Repeating
   * the call completes what an earlier one left.
   */
  erase: (address: string, erasedAt: string, timeLeft: () => number, eraseContent: ContentEraser) => Promise<Deleted>;
  /** Whether the email with this id was accepted after `erasedAt`. */
  isLater: (address: string, messageId: string, erasedAt: string) => Promise<boolean>;
}>;

/** Each page counts 1 MB of keys, about 6,000: enough for one person, and quick. */
const MOST_PAGES = 16;

/**
 * Concurrent deletions. All of a person's emails are under one key of the index by recipient. It accepts 1,000 writes a
 * second; beyond that, writes to the whole table are throttled. Four at once, of about five milliseconds each, stay below.
 */
const AT_ONCE = 4;

const PAGE = 100;

/** Milliseconds that a page may take: with less time left, none is started. */
const A_PAGE = 10_000;

export const emailEraser = (client: DynamoDBDocumentClient, table: string): EmailEraser => {
  const query = (address: string, erasedAt: string, more: object) =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byRecipient',
        KeyConditionExpression: 'recipient = :recipient AND createdAt <= :erasedAt',
        ExpressionAttributeValues: { ':recipient': address, ':erasedAt': erasedAt },
        ...more,
      }),
    );

  return {
    count: async (address, erasedAt) => {
      let emails = 0;
      let start: Row | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const { Count = 0, LastEvaluatedKey } = await query(address, erasedAt, {
          Select: 'COUNT',
          ...(start && { ExclusiveStartKey: start }),
        });
        emails += Count;
        start = LastEvaluatedKey;
        if (start === undefined) return { emails, isFloor: false };
      }
      return { emails, isFloor: true };
    },
    erase: async (address, erasedAt, timeLeft, eraseContent) => {
      let emails = 0;
      let start: Row | undefined;
      do {
        if (timeLeft() < A_PAGE) return { emails, done: false };
        const { Items = [], LastEvaluatedKey } = await query(address, erasedAt, {
          Limit: PAGE,
          ...(start && { ExclusiveStartKey: start }),
        });
        const deleted = await mapConcurrently(AT_ONCE, Items, async (row) => {
          const messageId = textOf(row, 'messageId');
          await eraseContent(messageId);
          // The index is eventually consistent: the id that it lists may belong to a later email by now.
          return conditionalDelete(
            client,
            table,
            { messageId, recipient: address },
            { expression: '#createdAt <= :erasedAt', values: { erasedAt } },
          );
        });
        emails += deleted.filter((isDeleted) => isDeleted).length;
        start = LastEvaluatedKey;
      } while (start !== undefined);
      return { emails, done: true };
    },
    isLater: async (address, messageId, erasedAt) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: { messageId, recipient: address }, ConsistentRead: true }),
      );
      return Item !== undefined && !isErased(optional(Item, 'string', ['createdAt']).createdAt, erasedAt);
    },
  };
};
