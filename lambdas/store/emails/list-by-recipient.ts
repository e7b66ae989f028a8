import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { MOST_KEYS_AT_ONCE } from '../dynamodb/batch-get.ts';
import { type Row, textOf } from '../dynamodb/row.ts';
import type { EmailKey } from './get-emails.ts';
import { type EmailSource, type Page, type PageQuery, readPage } from './page.ts';

/** Where a page ended in the list of an address's emails. */
export type EmailPosition = Readonly<{ createdAt: string; messageId: string }>;

/** A query of an address's emails. Times are ISO 8601 UTC with milliseconds. */
export type EmailsQuery = PageQuery &
  Readonly<{
    recipient: string;
    /** Not before this time. */
    from?: string | undefined;
    /** Before this time. */
    to?: string | undefined;
    after?: EmailPosition | undefined;
  }>;

/** A page of emails, newest first. */
export type EmailPage = Page<EmailPosition>;

/** Reads a page: one Query of keys and one BatchGetItem of rows, more only if a filter leaves the page short. */
export const readEmailsTo = async (
  client: DynamoDBDocumentClient,
  source: EmailSource,
  asked: EmailsQuery,
): Promise<EmailPage> => {
  const { emails, last } = await readPage(client, source, keysOf(client, source.table, asked), asked);
  return { emails, last: last && { createdAt: last.createdAt, messageId: last.messageId } };
};

async function* keysOf(
  client: DynamoDBDocumentClient,
  table: string,
  { recipient, from, to, after, limit }: EmailsQuery,
): AsyncGenerator<EmailPosition & EmailKey, void> {
  let start: Row | undefined = after && { recipient, ...after };
  // A full last page has a LastEvaluatedKey too, so one more key is read to find out whether there are more.
  let wanted = limit + 1;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byRecipient',
        ...windowed(recipient, from, to),
        ScanIndexForward: false,
        Limit: wanted,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const row of Items) {
      yield { recipient, createdAt: textOf(row, 'createdAt'), messageId: textOf(row, 'messageId') };
    }
    [start, wanted] = [LastEvaluatedKey, MOST_KEYS_AT_ONCE];
  } while (start !== undefined);
}

/** A query accepts only one condition on the sort key, and BETWEEN includes both ends. */
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
