import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { localDynamoDB } from '../../../local/process/local-dynamodb.ts';
import { startStack } from '../../../local/process/stack.ts';
import { temporaryFolder } from '../bundle.ts';
import { smallStack, startSmallStack } from '../small-stack.ts';

const BOUNCE = JSON.stringify({ eventType: 'Bounce', to: 'ann@example.com' });

const KEY = { AttributeName: 'undefined', KeyType: 'RANGE' };

describe('the local routes', () => {
  it('publish an event to the topic of its type, byte for byte, and settle once it is recorded', async () => {
    const { call, log } = await startSmallStack();
    const published = await call('POST', '/local/sns', ` ${BOUNCE}\n`);
    const settled = await call('POST', '/local/settle');

    expect([published.status, published.body]).toEqual([202, { topic: 'bounce' }]);
    expect([settled.status, settled.body]).toEqual([200, { pending: 0, deadLetters: 0 }]);
    await expect.poll(() => log().map(({ line }) => line)).toContain(`recorded  ${BOUNCE}`);
  });

  it('publish anything to a named topic', async () => {
    const { call } = await startSmallStack();

    expect((await call('POST', '/local/sns?topic=bounce', 'anything')).body).toEqual({ topic: 'bounce' });
    expect((await call('POST', '/local/sns?topic=Topic1', 'anything')).body).toEqual({ topic: 'bounce' });
  });

  it('publish nothing invalid, and give the reason', async () => {
    const { call } = await startSmallStack();
    const refusals = [
      await call('POST', '/local/sns?topic=opens', BOUNCE),
      await call('POST', '/local/sns', 'not JSON'),
      await call('POST', '/local/sns', '{"eventType":"Telegram"}'),
      await call('POST', '/local/sns?topic=bounce', ''),
      await call('POST', '/local/sns?topic=bounce', new Uint8Array([0xff])),
      await call('GET', '/local/sns'),
      await call('POST', '/local/else'),
      await call('POST', '/local/sns?topic=bounce', 'x'.repeat(262_145)),
    ];

    expect(refusals.map(({ status }) => status)).toEqual([404, 400, 400, 400, 400, 405, 404, 413]);
    expect(refusals[0]?.body.detail).toBe('There is no topic "opens"; there are bounce. Nothing was published.');
    expect(refusals[2]?.body.detail).toContain('"Telegram"');
    expect(refusals[5]?.headers.get('allow')).toBe('POST');
    for (const { headers } of refusals.slice(0, 7))
      expect(headers.get('content-type')).toBe('application/problem+json');
    for (const { headers } of refusals) expect(headers.get('apigw-requestid')).toBeTruthy();
    expect((await call('POST', '/local/settle')).body).toEqual({ pending: 0, deadLetters: 0 });
  });

  it('list dead letters with a reason within 5 seconds, without an address in the reason', async () => {
    const { call } = await startSmallStack();
    const start = performance.now();
    await call('POST', '/local/sns?topic=bounce', 'poison for ann@example.com');
    await call('POST', '/local/settle');
    await call('POST', '/local/sns?topic=bounce', 'throw at ann@example.com');
    const settled = await call('POST', '/local/settle');
    const { body } = await call('GET', '/local/dead-letters');

    expect(performance.now() - start).toBeLessThan(10_000);
    expect(settled.body).toEqual({ pending: 0, deadLetters: 2 });
    expect(body.items).toMatchObject([
      {
        queue: 'bounce-failed',
        from: 'bounce',
        reason: 'not_json, reported as a failure by record-bounce 3 times',
        receiveCount: 3,
        body: 'poison for ann@example.com',
      },
      { reason: 'RangeError, thrown by record-bounce 3 times', body: 'throw at ann@example.com' },
    ]);
  });

  it('pass the API on to its function and SES’s paths to the simulated SES', async () => {
    const { call } = await startSmallStack();

    expect((await call('GET', '/v1/messages/m-1')).body).toEqual({ asked: { messageId: 'm-1' } });
    expect((await call('GET', '/v2/email/configuration-sets')).body).toEqual({
      ConfigurationSets: ['configuration-set'],
    });
  });

  it('settle only once the simulated SES has published everything', async () => {
    const { call, log } = await startSmallStack();
    const email = {
      FromEmailAddress: 'office@club.example',
      ConfigurationSetName: 'configuration-set',
      Destination: { ToAddresses: ['bounce@simulator.amazonses.com'] },
      Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } },
    };
    const sent = await call('POST', '/v2/email/outbound-emails', JSON.stringify(email));
    await call('POST', '/local/settle');

    expect(sent.status).toBe(200);
    await expect.poll(() => log().filter(({ line }) => line.includes('"eventType":"Bounce"'))).toHaveLength(1);
  });
});

describe.each(inject('engines'))('the tables on $name', ({ endpoint }) => {
  it('are the template’s, without a stream that no function reads, and are reused', async () => {
    const { dynamodbEndpoint, stop } = await startSmallStack({ engine: endpoint });
    const client = localDynamoDB(dynamodbEndpoint);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Rows' }));
    await stop();

    expect(Table?.StreamSpecification?.StreamEnabled ?? false).toBe(false);
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['byDay']);
    await startSmallStack({ engine: endpoint });
  });

  it.each<[string, NonNullable<Parameters<typeof smallStack>[1]>]>([
    [
      'its key',
      (r) => {
        r.Rows1234ABCD.Properties.KeySchema[0].AttributeName = 'day';
      },
    ],
    ['the index byDay', (r) => r.Rows1234ABCD.Properties.GlobalSecondaryIndexes[0].KeySchema.pop()],
    [
      'the index byDay',
      (r) => {
        r.Rows1234ABCD.Properties.GlobalSecondaryIndexes[0].Projection.ProjectionType = 'ALL';
      },
    ],
    [
      'the type of shard',
      (r) => {
        r.Rows1234ABCD.Properties.AttributeDefinitions[2].AttributeType = 'S';
      },
    ],
    ['its indexes: there are more of them', (r) => delete r.Rows1234ABCD.Properties.GlobalSecondaryIndexes],
  ])('are rejected if an existing one differs in %s', async (difference, change) => {
    const { stop } = await startSmallStack({ engine: endpoint });
    await stop();
    const different = startStack(smallStack({ engine: endpoint }, (resources) => void change(resources)));

    await expect(different).rejects.toThrow(`the existing table Rows differs from the template's in ${difference}`);
  });
});

describe('a stack', () => {
  it('names the table that DynamoDB rejects', async () => {
    const broken = startStack(
      smallStack({}, (resources) => void resources.Rows1234ABCD.Properties.KeySchema.push(KEY)),
    );

    await expect(broken).rejects.toThrow("DynamoDB refuses the template's table Rows: ");
    await expect(broken).rejects.toMatchObject({ name: 'CannotStart' });
  });

  it('keeps its data in a folder, and records messages in progress before it ends', async () => {
    const dataFolder = join(temporaryFolder(), 'made', 'for', 'it');
    const stack = await startSmallStack({ dataFolder });
    await stack.call('POST', '/local/sns', BOUNCE.replace('}', ',"slow":1}'));
    const lost = await stack.stop();
    const again = await startSmallStack({ dataFolder });
    const { TableNames } = await localDynamoDB(again.dynamodbEndpoint).send(new ListTablesCommand({}));

    expect([lost, stack.log().length, TableNames]).toEqual([0, 1, ['Rows']]);
    expect(readdirSync(dataFolder)).toContain('native.db');
  });

  it('stops responding and leaves no engine when it has ended', async () => {
    const { url, dynamodbEndpoint, stop } = await startSmallStack();
    await stop();

    await expect(fetch(url)).rejects.toThrow();
    await expect(fetch(dynamodbEndpoint)).rejects.toThrow();
  });

  it('leaves nothing behind if it cannot start', async () => {
    const { url } = await startSmallStack();
    const port = Number(new URL(url).port);
    const broken = (options = {}) => startStack(smallStack(options, (resources) => delete resources.Failed1));

    await expect(broken({ port })).rejects.toThrow(`port ${port} is taken`);
    await expect(broken()).rejects.toThrow('Queue1.RedrivePolicy.deadLetterTargetArn');
  });

  it('reports while it runs that its engine has ended', async () => {
    const { broken, dynamodbEndpoint, stop } = await startSmallStack();
    await stop();

    expect(await broken).toMatch(/^DynamoDB \(native\) is no longer running: it ended with /);
    expect(dynamodbEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
