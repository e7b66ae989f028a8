import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentsOf } from '../../lambdas/store/dynamodb/document-client.ts';
import { LOCAL_CREDENTIALS, localDynamoDB } from '../../local/process/local-dynamodb.ts';
import { aStack } from './local-stack.ts';

const MAIL = { from: 'Office <office@club.example>', subject: 'Hello', text: 'Hello' };
const HALF_AN_HOUR = 30 * 60_000;

describe('lost queue messages, on the local stack', () => {
  let local: Awaited<ReturnType<typeof aStack>>;
  let documents: ReturnType<typeof documentsOf>;
  beforeAll(async () => {
    local = await aStack('native');
    documents = documentsOf(localDynamoDB(local.stack.dynamodbEndpoint));
  }, 120_000);
  afterAll(() => local?.stack.stop());

  const post = (path: string, key: string, body: object) =>
    local.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    });
  const clientOptions = () => ({ endpoint: local.stack.url, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
  const purge = (QueueUrl: string) =>
    new SQSClient({ ...clientOptions(), useQueueUrlAsEndpoint: false }).send(new PurgeQueueCommand({ QueueUrl }));
  /** Moves everything written so far half an hour into the past. */
  const wait = async () => {
    for (const TableName of ['EmailStatus', 'Mailings']) {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
      for (const row of Items) {
        const times = ['statusAt', 'wakeAt', 'checkAt'].filter((name) => typeof row[name] === 'string');
        const moved = times.map((name) => [name, new Date(Date.parse(row[name]) - HALF_AN_HOUR).toISOString()]);
        if (times.length > 0)
          await documents.send(new PutCommand({ TableName, Item: { ...row, ...Object.fromEntries(moved) } }));
      }
    }
  };
  const sweep = async () => {
    const { FunctionError } = await new LambdaClient(clientOptions()).send(
      new InvokeCommand({ FunctionName: 'sweep-emails', Payload: '{}' }),
    );
    expect(FunctionError).toBeUndefined();
    await local.settle();
  };
  const mailbox = async (to: string) => (await local.mailbox(to)).length;

  it('are replaced within an hour after the queue was purged: every email is sent, once', async () => {
    // Every email has to wait at least five seconds.
    await local.setSes({ throttle: { share: 1 } });
    const people = ['ann@example.com', 'bo@example.com', 'cy@example.com'];
    await post('/v1/campaigns', 'k1', {
      ...MAIL,
      campaignId: 'october',
      recipients: people.map((email) => ({ email })),
    });
    await post('/v1/messages', 'k2', { ...MAIL, email: 'dee@example.com' });
    await local.settle();
    for (const { name } of local.stack.blueprint.queues) if (/emails|messages/.test(name)) await purge(name);
    await local.setSes({ throttle: null });
    await sweep();
    expect(await mailbox('ann@example.com')).toBe(0);

    await wait();
    for (const _ of [1, 2]) await sweep();
    for (const email of [...people, 'dee@example.com']) expect([email, await mailbox(email)]).toEqual([email, 1]);
  }, 120_000);

  it('are replaced after their dead letters were deleted', async () => {
    const Key = { campaignId: 'november', part: 'content' };
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    await post('/v1/campaigns', 'k3', {
      ...MAIL,
      campaignId: 'november',
      sendAt,
      recipients: [{ email: 'eva@example.com' }],
    });
    const { Item: content } = await documents.send(new GetCommand({ TableName: 'Mailings', Key }));
    const plan = { ...Key, part: 'plan' };
    const { sendAt: _, ...due } =
      (await documents.send(new GetCommand({ TableName: 'Mailings', Key: plan }))).Item ?? {};
    await documents.send(new DeleteCommand({ TableName: 'Mailings', Key }));
    // It is due, and its schedule was lost too.
    await documents.send(new PutCommand({ TableName: 'Mailings', Item: due }));
    await wait();
    await sweep();
    const [letter, ...others] = (await local.call('GET', '/local/dead-letters')).body.items;
    expect([others, letter.reason]).toEqual([[], expect.stringContaining('send-email')]);

    await purge(letter.queue);
    await documents.send(new PutCommand({ TableName: 'Mailings', Item: content }));
    await wait();
    await sweep();
    expect(await mailbox('eva@example.com')).toBe(1);
  }, 120_000);
});
