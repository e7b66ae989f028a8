import { setTimeout as pause } from 'node:timers/promises';
import { DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { localDynamoDB } from '../../../local/process/local-dynamodb.ts';
import type { StackOptions } from '../../../local/process/stack.ts';
import { engines } from '../../support/engine.ts';
import { bundleOf, temporaryFolder } from '../bundle.ts';
import { startSmallStack } from '../small-stack.ts';
import { smallTemplate } from '../small-template.ts';

const CODE = `
export const record = async () => ({});
export const query = async ({ Records, shardId }) => {
  for (const one of Records) console.log(JSON.stringify({ shardId, ...one }));
};`;

const mapTheStream: Parameters<typeof smallTemplate>[1] = (resources) => {
  resources.Mapping2 = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      BatchSize: 10,
      EventSourceArn: { 'Fn::GetAtt': ['Rows1234ABCD', 'StreamArn'] },
      FunctionName: { Ref: 'Query1' },
      StartingPosition: 'TRIM_HORIZON',
      TumblingWindowInSeconds: 60,
    },
  };
};

const start = async (options: Partial<StackOptions> = {}) => {
  const assets = new Map([['key.zip', bundleOf(CODE)]]);
  const synthesis = async () => ({ template: smallTemplate('key.zip', mapTheStream), assets, remove: () => {} });
  const stack = await startSmallStack({ synthesis, ...options });
  const client = localDynamoDB(stack.dynamodbEndpoint);
  const put = (id: string) =>
    client.send(new PutItemCommand({ TableName: 'Rows', Item: { id: { S: id }, bytes: { B: new Uint8Array([1]) } } }));
  const settle = async () => {
    await stack.call('POST', '/local/settle');
    // A worker's output arrives a moment after its result.
    await pause(100);
    return stack.log().flatMap(({ line }) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  };
  return { ...stack, client, put, settle };
};

describe.each(engines())('a stream on $name', ({ kind }) => {
  it('reaches the function that the template maps it to, in Lambda’s shape, before the stack is settled', async () => {
    const { put, settle } = await start({ engine: kind });
    await put('a');
    const [record] = await settle();

    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Rows/stream/local',
      dynamodb: { Keys: { id: { S: 'a' } }, NewImage: { id: { S: 'a' }, bytes: { B: 'AQ==' } } },
    });
    expect(record.dynamodb.SequenceNumber).toMatch(/^\d+$/);
    expect(Number.isInteger(record.dynamodb.ApproximateCreationDateTime)).toBe(true);
    expect(record.shardId).toMatch(/^shardId-/);
  });

  it('is continued from its last position by a stack that keeps its data', async () => {
    const dataFolder = temporaryFolder();
    const first = await start({ engine: kind, dataFolder });
    await first.put('a');
    await first.settle();
    await first.stop();
    const second = await start({ engine: kind, dataFolder });
    await second.put('b');
    const seen = await second.settle();

    expect(seen.map(({ dynamodb }) => dynamodb.Keys.id.S)).toEqual(['b']);
  });

  it('is split into successive shards', async () => {
    const { put, settle } = await start({ engine: kind, shardLength: 3 });
    for (let n = 0; n < 12; n++) await put(`row ${n}`);
    const seen = await settle();

    expect(new Set(seen.map(({ dynamodb }) => dynamodb.SequenceNumber)).size).toBe(12);
    expect(new Set(seen.map(({ shardId }) => shardId)).size).toBeGreaterThan(4);
  });

  it('is enabled only if a function reads it', async () => {
    const { client } = await start({ engine: kind });
    const other = await startSmallStack({ engine: kind });
    const described = await Promise.all(
      [client, localDynamoDB(other.dynamodbEndpoint)].map((one) =>
        one.send(new DescribeTableCommand({ TableName: 'Rows' })),
      ),
    );

    expect(described.map(({ Table }) => Table?.StreamSpecification?.StreamEnabled ?? false)).toEqual([true, false]);
  });
});
