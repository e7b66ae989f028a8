import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../../local/template/blueprint.ts';
import { BrokenTemplate } from '../../../local/template/template.ts';
import { bundleOf } from '../bundle.ts';
import { smallTemplate } from '../small-template.ts';

const read = (change?: Parameters<typeof smallTemplate>[1]) => {
  const bundle = bundleOf('export const record = () => {}');
  return readBlueprint(smallTemplate('key.zip', change), new Map([['key.zip', bundle]]));
};

describe('reading a template', () => {
  it('names resources after their constructs', () => {
    const { tables, topics, queues, functions, configurationSets } = read();

    expect(tables.map(({ name }) => name)).toEqual(['Rows']);
    expect(topics.map(({ name }) => name)).toEqual(['bounce']);
    expect(queues.map(({ name }) => name)).toEqual(['bounce', 'bounce-failed', 'bounce-undelivered']);
    expect(functions.map(({ name }) => name)).toEqual(['record-bounce', 'query-status']);
    expect(configurationSets).toEqual(['configuration-set']);
  });

  it('names resources by their logical ids if two would have the same name', () => {
    const { topics } = read((resources) => {
      resources.Topic2 = { ...resources.Topic1 };
    });

    expect(topics.map(({ name }) => name)).toEqual(['Topic1', 'Topic2']);
  });

  it('includes an index with several attributes in its key', () => {
    const [table] = read().tables;

    expect(table?.indexes[0]?.key.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`)).toEqual([
      'HASH day',
      'HASH shard',
      'RANGE id',
    ]);
    expect(table?.expiry).toBe('deleteAfter');
  });

  it('resolves a function’s environment', () => {
    const [recorder, query] = read().functions;

    expect(recorder).toMatchObject({ environment: { TABLE: 'Rows', QUEUE: 'bounce!' }, memory: 256, timeout: 30 });
    expect(query).toMatchObject({ environment: {}, memory: 128, timeout: 3 });
  });

  it('connects topic, queue and function as the template does', () => {
    const { topics, queues, mappings, functions, eventDestinations } = read();

    expect(topics[0]?.subscriptions).toMatchObject([
      { queue: queues[0]?.arn, raw: true, deadLetterQueue: queues[2]?.arn },
    ]);
    expect(queues[0]?.redrive).toEqual({ deadLetterQueue: queues[1]?.arn, maxReceiveCount: 3 });
    expect(mappings).toEqual([
      {
        queue: queues[0]?.arn,
        function: functions[0]?.arn,
        batchSize: 100,
        window: 1000,
        reportsFailures: true,
        concurrency: 7,
      },
    ]);
    expect(eventDestinations).toEqual([
      { configurationSet: 'configuration-set', eventTypes: ['bounce', 'renderingFailure'], topic: topics[0]?.arn },
    ]);
  });

  it('connects a table’s stream and a function as the template does', () => {
    const { mappings, streamMappings, functions, queues, tables } = read((resources) => {
      resources.Mapping1.Properties = {
        EventSourceArn: { 'Fn::GetAtt': ['Rows1234ABCD', 'StreamArn'] },
        FunctionName: { Ref: 'Record1' },
        BatchSize: 1000,
        MaximumBatchingWindowInSeconds: 10,
        TumblingWindowInSeconds: 60,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed1', 'Arn'] } } },
      };
    });

    expect(mappings).toEqual([]);
    expect(tables[0]?.stream).toBe('NEW_AND_OLD_IMAGES');
    expect(streamMappings).toEqual([
      {
        table: 'Rows',
        stream: 'arn:aws:dynamodb:us-east-1:000000000000:table/Rows/stream/local',
        function: functions[0]?.arn,
        batchSize: 1000,
        window: 10_000,
        tumblingWindow: 60_000,
        reportsFailures: true,
        bisects: true,
        retries: 5,
        onFailure: queues[1]?.arn,
      },
    ]);
  });

  it('connects only what the template connects', () => {
    const { topics, mappings, apis, eventDestinations } = read((resources) => {
      delete resources.Subscription1;
      resources.Mapping1.Properties.Enabled = false;
      delete resources.Stage1;
      resources.Destination1.Properties.EventDestination.Enabled = false;
    });

    expect([topics[0]?.subscriptions, mappings, apis, eventDestinations]).toEqual([[], [], [], []]);
  });

  it('leaves out subscriptions outside the stack', () => {
    const { topics } = read((resources) => {
      resources.Subscription1.Properties.Protocol = 'email';
    });

    expect(topics[0]?.subscriptions).toEqual([]);
  });

  it.each<[string, NonNullable<Parameters<typeof smallTemplate>[1]>, string]>([
    ['a queue that does not exist', (r) => delete r.Failed1, 'Queue1.RedrivePolicy.deadLetterTargetArn'],
    ['a mapping to a function that does not exist', (r) => delete r.Record1, 'Mapping1.FunctionName'],
    [
      'a mapping that reads a shard in several batches at once',
      (r) => {
        r.Mapping1.Properties.EventSourceArn = { 'Fn::GetAtt': ['Rows1234ABCD', 'StreamArn'] };
        r.Mapping1.Properties.ParallelizationFactor = 2;
      },
      'Mapping1.ParallelizationFactor',
    ],
    ['a table without a key', (r) => delete r.Rows1234ABCD.Properties.KeySchema, 'Rows1234ABCD.KeySchema'],
    [
      'an asset that does not exist',
      (r) => {
        r.Query1.Properties.Code.S3Key = 'gone.zip';
      },
      'Query1.Code.S3Key',
    ],
    [
      'a bundle without the handler’s file',
      (r) => {
        r.Query1.Properties.Handler = 'main.handler';
      },
      'Query1.Handler',
    ],
    [
      'another runtime',
      (r) => {
        r.Query1.Properties.Runtime = 'python3.13';
      },
      'Query1.Runtime',
    ],
    [
      'an environment with a dangling reference',
      (r) => {
        r.Record1.Properties.Environment.Variables.TABLE = { Ref: 'Gone' };
      },
      'Record1.Environment.Variables',
    ],
    ['a route to an integration that does not exist', (r) => delete r.Integration1, 'Route1.Target'],
    [
      'a subscription with another protocol',
      (r) => {
        r.Subscription1.Properties.Protocol = 'firehose';
      },
      'Subscription1.Protocol',
    ],
    [
      'an unsupported filter',
      (r) => {
        r.Subscription1.Properties.FilterPolicy = { a: [{ cidr: '10.0.0.0/8' }] };
      },
      'Subscription1.FilterPolicy',
    ],
    [
      'a destination to a topic that does not exist',
      (r) => {
        r.Destination1.Properties.EventDestination.SnsDestination.TopicARN = 'arn:x';
      },
      'Destination1.EventDestination.SnsDestination.TopicARN',
    ],
  ])('reports the place of %s, in one line', (_name, change, where) => {
    let thrown: unknown;
    try {
      read((resources) => void change(resources));
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(BrokenTemplate);
    expect((thrown as Error).message).toContain(where);
    expect((thrown as Error).message).not.toContain('\n');
  });
});
