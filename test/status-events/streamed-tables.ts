import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { factRecorder } from '../../lambdas/store/emails/record-facts.ts';
import { suppressionRecorder } from '../../lambdas/store/suppressions/record-change.ts';
import { readSuppression, suppressionList } from '../../lambdas/store/suppressions/suppression-list.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/process/local-dynamodb.ts';
import type { StreamRecord } from '../../local/streams/stream-record.ts';
import { TableStream } from '../../local/streams/table-stream.ts';
import { clientOf } from '../support/engine.ts';
import { TABLES } from '../support/tables.ts';

/** The two tables that are published, with their streams, on an engine. `records` are those that came since it was last asked. */
export const streamedTables = async (endpoint: string) => {
  const { client, documents } = clientOf(endpoint);
  const streams = new DynamoDBStreamsClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const open = async (table: 'emailStatus' | 'suppressions') => {
    const name = `${table}-${randomUUID()}`;
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        ...TABLES[table],
        TableName: name,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    const arn = TableDescription?.LatestStreamArn ?? '';
    const found: StreamRecord[] = [];
    const stream = new TableStream(streams, { arn, source: arn, positions: {} }, (record) => found.push(record));
    const records = async () => {
      await stream.read();
      return found.splice(0);
    };
    return { name, records };
  };
  const [emails, suppressions] = [await open('emailStatus'), await open('suppressions')];
  return {
    record: factRecorder(documents, emails.name),
    tell: suppressionRecorder(documents, suppressions.name),
    list: suppressionList(documents, suppressions.name),
    emails: {
      records: emails.records,
      get: async (messageId: string, recipient: string) =>
        (await documents.send(new GetCommand({ TableName: emails.name, Key: { messageId, recipient } }))).Item,
      erase: (messageId: string, recipient: string) =>
        documents.send(new DeleteCommand({ TableName: emails.name, Key: { messageId, recipient } })),
    },
    suppressions: {
      records: suppressions.records,
      get: (address: string) => readSuppression(documents, suppressions.name, address),
      erase: (address: string) => documents.send(new DeleteCommand({ TableName: suppressions.name, Key: { address } })),
    },
    drop: async () => {
      for (const { name } of [emails, suppressions]) await client.send(new DeleteTableCommand({ TableName: name }));
    },
  };
};
