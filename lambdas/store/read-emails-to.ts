import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EmailStatus } from './email-status.ts';
import { MOST_KEYS_AT_ONCE, readEmailsByKey } from './read-emails-by-key.ts';
import { type Row, textOf } from './read-row.ts';

/** Where in the list of an address's emails an answer ended. */
export type EmailPosition = Readonly<{ createdAt: string; messageId: string }>;

/** What is asked of the list of an address's emails. Times are ISO 8601 UTC with milliseconds. */
export type EmailsAsked = Readonly<{
  recipient: string;
  /** Not before this time. */
  from?: string | undefined;
  /** Before this time. */
  to?: string | undefined;
  after?: EmailPosition | undefined;
  /** How many emails at most. */
  limit: number;
  /** A filter over what is read; without one an answer reads no more than it gives. */
  keep?: ((email: EmailStatus) => boolean) | undefined;
}>;

/** A page of emails, newest first; `last` is where it ended, `undefined` at the end of the list. */
export type EmailPage = Readonly<{ emails: readonly EmailStatus[]; last: EmailPosition | undefined }>;

/** A filter must not make one answer read the whole list. */
export const MOST_EXAMINED = 500;

/** Reads a page: one Query of keys and one BatchGetItem of rows, more only where a filter leaves the page short. */
export const readEmailsTo = async (
  client: DynamoDBDocumentClient,
  table: string,
  asked: EmailsAsked,
): Promise<EmailPage> => {
  const { recipient, limit, keep } = asked;
  const most = keep === undefined ? limit : MOST_EXAMINED;
  const emails: EmailStatus[] = [];
  let [last, examined] = [asked.after, 0];
  while (examined < most) {
    const wanted = Math.min(examined === 0 ? limit : MOST_KEYS_AT_ONCE, most - examined);
    const { positions, more } = await readPositions(client, table, { ...asked, after: last }, wanted);
    const rows = await readEmailsByKey(
      client,
      table,
      positions.map(({ messageId }) => ({ messageId, recipient })),
    );
    for (const [index, position] of positions.entries()) {
      last = position;
      const email = rows[index];
      if (email === undefined || keep?.(email) === false) continue;
      emails.push(email);
      if (emails.length === limit) return { emails, last: more || index < positions.length - 1 ? last : undefined };
    }
    if (!more) return { emails, last: undefined };
    examined += positions.length;
  }
  return { emails, last };
};

const readPositions = async (
  client: DynamoDBDocumentClient,
  table: string,
  { recipient, from, to, after }: EmailsAsked,
  wanted: number,
): Promise<{ positions: readonly EmailPosition[]; more: boolean }> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: 'byRecipient',
      ...windowed(recipient, from, to),
      ScanIndexForward: false,
      // A full last page has a LastEvaluatedKey too: only one key more than wanted tells whether there are more.
      Limit: wanted + 1,
      ...(after && { ExclusiveStartKey: { recipient, ...after } }),
    }),
  );
  const positions = Items.slice(0, wanted).map(readPosition);
  return { positions, more: Items.length > wanted || LastEvaluatedKey !== undefined };
};

const readPosition = (row: Row): EmailPosition => ({
  createdAt: textOf(row, 'createdAt'),
  messageId: textOf(row, 'messageId'),
});

/** One condition on the sort key is all a query takes, and BETWEEN includes both ends. */
const windowed = (recipient: string, from: string | undefined, to: string | undefined) => {
  const condition =
    from !== undefined && to !== undefined
      ? ' AND createdAt BETWEEN :from AND :to'
      : from !== undefined
        ? ' AND createdAt >= :from'
        : to !== undefined
          ? ' AND createdAt < :to'
          : '';
  const end = from !== undefined && to !== undefined ? new Date(Date.parse(to) - 1).toISOString() : to;
  return {
    KeyConditionExpression: `recipient = :recipient${condition}`,
    ExpressionAttributeValues: {
      ':recipient': recipient,
      ...(from !== undefined && { ':from': from }),
      ...(end !== undefined && { ':to': end }),
    },
  };
};
