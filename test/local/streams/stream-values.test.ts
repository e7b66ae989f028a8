import { randomUUID } from 'node:crypto';
import { type AttributeValue, CreateTableCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS, LOCAL_REGION, localDynamoDB } from '../../../local/process/local-dynamodb.ts';
import type { StreamRecord } from '../../../local/streams/stream-record.ts';
import { TableStream } from '../../../local/streams/table-stream.ts';
import { engines } from '../../support/engine.ts';

/** A table with a stream; `put` writes the row's attributes, `read` returns the records since the last call. */
const aStream = async (endpoint: string) => {
  const dynamodb = localDynamoDB(endpoint);
  const TableName = `Values-${randomUUID()}`;
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const client = new DynamoDBStreamsClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const arn = TableDescription?.LatestStreamArn ?? '';
  let records: StreamRecord[] = [];
  const stream = new TableStream(client, { arn, source: arn, positions: {} }, (record) => records.push(record));
  return {
    put: async (id: string, attributes: Record<string, AttributeValue>) => {
      await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...attributes } }));
    },
    touch: async (id: string) => {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { id: { S: id } },
          UpdateExpression: 'SET touched = :yes',
          ExpressionAttributeValues: { ':yes': { BOOL: true } },
        }),
      );
    },
    read: async () => {
      await stream.read();
      const found = records;
      records = [];
      return found;
    },
  };
};

/** Empty values are common, and so are attributes named like DynamoDB's types. */
const name = fc.constantFrom('M', 'L', 'S', 'a', 'constructor');
const { value: aValue } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<AttributeValue>(
      ...[{ M: {} }, { M: {} }, { L: [] }, { S: '' }, { NULL: true as const }, { BOOL: false }, { N: '0' }],
      ...[{ S: 'text' }, { SS: ['one'] }],
    ),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }).map((M) => ({ M })),
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
  ),
}));

describe.each(engines())('a record of a stream on $name', ({ endpoint }) => {
  it('has every value with its type, empty ones at any depth included, before and after a change', async () => {
    const { put, touch, read } = await aStream(endpoint);
    let row = 0;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, aValue, { maxKeys: 4, noNullPrototype: true }), async (attributes) => {
        const id = `row ${row++}`;
        await put(id, attributes);
        await touch(id);
        const [inserted, modified] = (await read()).map(({ dynamodb }) => dynamodb);
        const written = { id: { S: id }, ...attributes };

        expect(inserted?.NewImage).toEqual(written);
        expect(modified?.OldImage).toEqual(written);
        expect(modified?.NewImage).toEqual({ ...written, touched: { BOOL: true } });
      }),
      { numRuns: 60 },
    );
  });

  it('has binary values in base64, an empty one as an empty string', async () => {
    const { put, read } = await aStream(endpoint);
    await put('bytes', { B: { B: Buffer.from('') }, L: { L: [{ B: Buffer.from('ab') }, { BS: [Buffer.from('c')] }] } });
    const [record] = await read();

    expect(record?.dynamodb.NewImage).toEqual({
      id: { S: 'bytes' },
      B: { B: '' },
      L: { L: [{ B: 'YWI=' }, { BS: ['Yw=='] }] },
    });
  });
});
