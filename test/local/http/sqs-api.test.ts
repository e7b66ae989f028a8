import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../local/process/local-dynamodb.ts';
import { startSmallStack } from '../small-stack.ts';

const start = async () => {
  // A delay of a minute is 60 ms.
  const stack = await startSmallStack({ delay: (seconds) => seconds });
  const client = new SQSClient({
    endpoint: stack.url,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
    useQueueUrlAsEndpoint: false,
  });
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/bounce';
  const lines = () => stack.log().map(({ line }) => line);
  const one = (MessageBody: string, DelaySeconds?: number, url = QueueUrl) =>
    client.send(new SendMessageCommand({ QueueUrl: url, MessageBody, DelaySeconds }));
  const batch = (...Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const depth = async (url = QueueUrl) => {
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    return Attributes;
  };
  const purge = (url = QueueUrl) => client.send(new PurgeQueueCommand({ QueueUrl: url }));
  return { ...stack, lines, one, batch, depth, purge };
};

describe('a queue', () => {
  it('accepts a message, and several in one call', async () => {
    const { one, batch, lines, call } = await start();
    const { MessageId } = await one('single');
    const { Successful, Failed = [] } = await batch(
      { Id: 'x', MessageBody: 'first' },
      { Id: 'y', MessageBody: 'second' },
    );
    await call('POST', '/local/settle');

    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect([Successful?.map(({ Id }) => Id), Failed]).toEqual([['x', 'y'], []]);
    await expect.poll(() => lines().toSorted()).toEqual(['recorded first', 'recorded second', 'recorded single']);
  });

  it('delays each message by its own delay', async () => {
    const { one, batch, lines, call } = await start();
    await one('late', 900);
    await batch({ Id: 'x', MessageBody: 'now' }, { Id: 'y', MessageBody: 'later', DelaySeconds: 600 });
    const settled = await call('POST', '/local/settle');
    await expect.poll(lines, { timeout: 10_000 }).toHaveLength(3);

    expect(settled.body.pending).toBe(0);
    expect(lines()).toEqual(['recorded now', 'recorded later', 'recorded late']);
  });

  it('rejects a delay of more than 15 minutes, and only that message of a batch', async () => {
    const { one, batch } = await start();

    await expect(one('x', 901)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const { Successful, Failed } = await batch(
      { Id: 'x', MessageBody: 'a', DelaySeconds: 901 },
      { Id: 'y', MessageBody: 'b' },
    );
    expect([Failed?.map(({ Id, SenderFault }) => [Id, SenderFault]), Successful?.map(({ Id }) => Id)]).toEqual([
      [['x', true]],
      ['y'],
    ]);
  });

  it('rejects a batch that is empty, has too many messages, is too long or repeats an id, and an unknown queue', async () => {
    const { one, batch } = await start();
    const entries = (count: number, MessageBody = 'x') =>
      Array.from({ length: count }, (_, index) => ({ Id: String(index), MessageBody }));

    for (const wrong of [[], entries(11), entries(2, 'x'.repeat(600_000)), [...entries(1), ...entries(1)]]) {
      await expect(batch(...wrong)).rejects.toThrow();
    }
    await expect(one('x', 0, 'https://sqs.us-east-1.amazonaws.com/0/other')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  it('reports how many messages it holds, and holds none after a purge', async () => {
    const { batch, depth, purge, lines, call } = await start();
    await batch({ Id: 'x', MessageBody: 'now' }, { Id: 'y', MessageBody: 'later', DelaySeconds: 900 });

    expect(await depth()).toEqual({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
    await purge();
    expect(Object.values((await depth()) ?? {})).toEqual(['0', '0', '0']);
    expect((await call('POST', '/local/settle')).body).toEqual({ pending: 0, deadLetters: 0 });
    expect(lines()).toEqual([]);
  });

  it('that is a dead-letter queue can be purged', async () => {
    const { call, purge } = await start();
    await call('POST', '/local/sns?topic=bounce', 'poison');
    expect((await call('POST', '/local/settle')).body.deadLetters).toBe(1);
    await purge('https://sqs.us-east-1.amazonaws.com/000000000000/bounce-failed');

    expect((await call('GET', '/local/dead-letters')).body.items).toEqual([]);
  });
});
