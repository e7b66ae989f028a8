import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** Milliseconds until whoever asks after the store's health is told that it does not answer. */
const PATIENCE = 4_000;

/**
 * Reads a row that is never there: the cheapest sign that the table answers and may be read.
 * @throws whatever the SDK throws, and an AbortError after 4 seconds.
 */
export const readAnything = async (client: DynamoDBDocumentClient, table: string): Promise<void> => {
  const Key = { messageId: 'is anybody there', recipient: '*' };
  await client.send(new GetCommand({ TableName: table, Key }), { abortSignal: AbortSignal.timeout(PATIENCE) });
};
