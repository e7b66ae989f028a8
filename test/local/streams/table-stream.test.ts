import { randomUUID } from 'node:crypto';
import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS, LOCAL_REGION, localDynamoDB } from '../../../local/process/local-dynamodb.ts';
import { TableStream } from '../../../local/streams/table-stream.ts';
import { engines } from '../../support/engine.ts';

/** A stream whose engine reports, for `refusals` reads after the first, that the iterator's position is trimmed. */
const start = async (endpoint: string, refusals: number) => {
  const dynamodb = localDynamoDB(endpoint);
  const table = `Rows-${randomUUID()}`;
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const client = new DynamoDBStreamsClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  let reads = 0;
  client.middlewareStack.add((next, { commandName }) => async (args) => {
    if (commandName === 'GetRecordsCommand') {
      reads += 1;
      if (reads > 1 && reads <= 1 + refusals)
        throw new TrimmedDataAccessException({ message: 'trimmed', $metadata: {} });
    }
    return next(args);
  });
  const taken: string[] = [];
  const arn = TableDescription?.LatestStreamArn ?? '';
  const stream = new TableStream(client, { arn, source: arn, positions: {} }, ({ dynamodb: { Keys } }) => {
    taken.push(String((Keys as { id: { S: string } }).id.S));
  });
  const put = (id: string) => dynamodb.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));
  return { stream, taken, put };
};

describe.each(engines())('the stream of a table on $name', ({ endpoint }) => {
  it('is continued, each record once, if the engine reports the iterator of an empty shard as trimmed', async () => {
    const { stream, taken, put } = await start(endpoint, 3);
    await stream.read();
    await put('a');
    await stream.read();
    await put('b');
    await stream.read();

    expect(taken).toEqual(['a', 'b']);
  });

  it('fails if the engine keeps rejecting, and is continued later', async () => {
    const { stream, taken, put } = await start(endpoint, 6);
    await stream.read();
    await put('a');

    await expect(stream.read()).rejects.toThrow(TrimmedDataAccessException);
    await stream.read();
    expect(taken).toEqual(['a']);
  });
});
