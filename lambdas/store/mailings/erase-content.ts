import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { singleMailing } from '../../domain/mailing/mailing.ts';
import { CONTENT, partKey } from './mailing-row.ts';

/** Deletes what was written in a single message, if the id is one's. A campaign's content is about none of its recipients. */
export type ContentEraser = (messageId: string) => Promise<void>;

export const contentEraser =
  (client: DynamoDBDocumentClient, table: string): ContentEraser =>
  async (messageId) => {
    await client.send(new DeleteCommand({ TableName: table, Key: partKey(singleMailing(messageId), CONTENT) }));
  };
