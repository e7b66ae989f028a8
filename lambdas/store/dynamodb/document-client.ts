import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The client of the tables. Without limits of its own a request that hangs would take its function along: a batch of
 * records would wait out the function's whole time and then fail as a whole. DynamoDB answers in milliseconds.
 */
export const connectDocuments = (): DynamoDBDocumentClient =>
  documentsOf(
    new DynamoDBClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
  );

/**
 * What a client reads and writes, as objects. A value or a tag may be called `constructor`, and by that field alone the
 * SDK takes an object for one of a class, which it refuses unless it is told to take those for maps too.
 */
export const documentsOf = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { convertClassInstanceToMap: true } });
