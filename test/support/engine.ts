import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { TABLES } from './tables.ts';

/** The DynamoDB engines the tests run on: `describe.each(engines())('…on $name', ({ endpoint }) => …)`. */
export const engines = () => inject('engines');

/** A client of an engine, counting the requests it sends. */
export const clientOf = (endpoint: string) => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const requests: string[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      requests.push(String(context.commandName));
      return next(args);
    },
    { step: 'initialize' },
  );
  return { client, documents: DynamoDBDocumentClient.from(client), requests };
};

let created = 0;

/** New, empty tables of the stack's design on an engine; `drop` removes them. */
export const makeTables = async (client: DynamoDBClient) => {
  const suffix = `${process.pid}-${Date.now()}-${created++}`;
  const names = { emailStatus: `EmailStatus-${suffix}`, suppressions: `Suppressions-${suffix}` };
  await client.send(new CreateTableCommand({ ...TABLES.emailStatus, TableName: names.emailStatus }));
  await client.send(new CreateTableCommand({ ...TABLES.suppressions, TableName: names.suppressions }));
  const drop = async () => {
    for (const TableName of Object.values(names)) await client.send(new DeleteTableCommand({ TableName }));
  };
  return { ...names, drop };
};
