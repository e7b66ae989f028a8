import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../local/process/local-dynamodb.ts';
import { bundleOf } from '../bundle.ts';
import { startSmallStack } from '../small-stack.ts';
import { smallTemplate } from '../small-template.ts';

/** Logs when it begins, waits as long as the body sets on its first receipt of a message, and logs when it is done. */
const CODE = `
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const record = async ({ Records }) => {
  for (const { body, attributes } of Records) {
    console.log('began ' + body);
    if (attributes.ApproximateReceiveCount === '1') await wait(Number(body));
    console.log('done ' + body);
  }
  return { batchItemFailures: [] };
};
export const query = async ({ ms = 0 }) => { console.log('called'); await wait(ms); return 'answered'; };`;

const start = async (change: NonNullable<Parameters<typeof smallTemplate>[1]> = () => {}) => {
  const bundle = bundleOf(CODE);
  const synthesis = async () => ({
    template: smallTemplate('key.zip', change),
    assets: new Map([['key.zip', bundle]]),
    remove: () => {},
  });
  const stack = await startSmallStack({ synthesis });
  const logged = (text: string) => stack.log().filter(({ line }) => line === text).length;
  const kill = async (name: string) => (await stack.call('POST', `/local/kill?function=${name}`)).body;
  return { ...stack, logged, kill };
};

describe('a killed function', () => {
  it('stops at once, and receives its message again', async () => {
    const { call, logged, kill } = await start();
    await call('POST', '/local/sns?topic=bounce', '20000');
    await expect.poll(() => logged('began 20000'), { timeout: 10_000 }).toBe(1);
    const killed = await kill('record-bounce');
    const settled = await call('POST', '/local/settle');

    expect(killed).toEqual({ killed: 1 });
    expect(settled.body).toEqual({ pending: 0, deadLetters: 0 });
    await expect.poll(() => [logged('began 20000'), logged('done 20000')]).toEqual([2, 1]);
  });

  it('fails its caller like a function that exits', async () => {
    const { url, logged, kill } = await start((resources) => {
      resources.Query1.Properties.Timeout = 30;
    });
    const client = new LambdaClient({ endpoint: url, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
    const answer = client.send(new InvokeCommand({ FunctionName: 'query-status', Payload: '{"ms":20000}' }));
    await expect.poll(() => logged('called'), { timeout: 10_000 }).toBe(1);
    await kill('query-status');
    const { FunctionError, Payload } = await answer;

    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'Runtime.ExitError' });
    const next = await client.send(new InvokeCommand({ FunctionName: 'query-status', Payload: '{}' }));
    expect(next.Payload?.transformToString()).toBe('"answered"');
  });

  it('must exist and have a call in progress', async () => {
    const { call, kill } = await start();

    expect(await kill('record-bounce')).toEqual({ killed: 0 });
    expect((await call('POST', '/local/kill?function=other')).status).toBe(404);
    expect((await call('POST', '/local/kill')).body.detail).toContain('there are record-bounce, query-status');
  });
});

describe('a function that takes too long', () => {
  it('is ended, and receives its messages again', async () => {
    const { call, logged } = await start((resources) => {
      resources.Record1.Properties.Timeout = 1;
    });
    await call('POST', '/local/sns?topic=bounce', '20000');
    const settled = await call('POST', '/local/settle');

    expect(settled.body).toEqual({ pending: 0, deadLetters: 0 });
    await expect.poll(() => [logged('began 20000'), logged('done 20000')]).toEqual([2, 1]);
  });
});
