import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Creates the client of the tables, with timeouts: without them, a request that hangs would block a batch of records until
 * the function times out, and the whole batch would fail. DynamoDB answers in milliseconds.
 */
export const connectDocuments = (): DynamoDBDocumentClient =>
  documentsOf(
    new DynamoDBClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
  );

/**
 * A client that reads and writes objects. A template value or a tag may be named `constructor`. The SDK takes an object
 * with that field for an instance of a class, and rejects it unless this option converts such objects to maps.
 */
export const documentsOf = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { convertClassInstanceToMap: true } });
