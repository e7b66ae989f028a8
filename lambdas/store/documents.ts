import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The client of the tables. Without limits of its own a request that hangs would take its function along: a batch of
 * records would wait out the function's whole time and then fail as a whole. DynamoDB answers in milliseconds.
 */
export const connectDocuments = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
  );
