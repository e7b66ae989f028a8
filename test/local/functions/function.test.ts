import { afterEach, describe, expect, it } from 'vitest';
import { FunctionLog } from '../../../local/functions/function-log.ts';
import { LambdaFunction } from '../../../local/functions/lambda-function.ts';
import type { FunctionBlueprint } from '../../../local/template/functions.ts';
import { bundleOf } from '../bundle.ts';

const started: LambdaFunction[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

/** A function whose handler is this JavaScript: parameters `event` and `context`. */
const run = (body: string, blueprint: Partial<FunctionBlueprint> = {}) => {
  const log = new FunctionLog();
  const whole: FunctionBlueprint = {
    name: 'tried',
    arn: 'arn:tried',
    bundle: bundleOf(`let calls = 0; export const handler = async (event, context) => { calls++; ${body} };`),
    handler: 'index.handler',
    environment: { TABLE: 'Rows' },
    memory: 128,
    timeout: 5,
    reservedConcurrency: undefined,
    ...blueprint,
  };
  const lambda = new LambdaFunction(whole, { dynamodb: 'http://engine', others: 'http://stack' }, log);
  started.push(lambda);
  return { invoke: (event: unknown = {}) => lambda.invoke(event), log, lambda };
};

describe('a function', () => {
  it('gets its event and returns its result, both as JSON', async () => {
    const { invoke } = run('return { ...event, at: new Date(0), gone: undefined };');

    expect(await invoke({ a: [1], lost: undefined })).toEqual({ a: [1], at: '1970-01-01T00:00:00.000Z' });
  });

  it('has only the environment variables of the template and of Lambda, none of this process', async () => {
    process.env.SECRET_OF_THIS_PROCESS = 'x';
    const { invoke } = run('return process.env;');
    const environment = (await invoke()) as Record<string, string>;

    expect(environment).toMatchObject({
      TABLE: 'Rows',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://engine',
      AWS_ENDPOINT_URL_SESV2: 'http://stack',
      AWS_ENDPOINT_URL_SQS: 'http://stack',
      AWS_ENDPOINT_URL_SCHEDULER: 'http://stack',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://stack',
      AWS_LAMBDA_FUNCTION_NAME: 'tried',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    });
    for (const name of ['SECRET_OF_THIS_PROCESS', 'PATH', 'HOME', 'NODE_OPTIONS', 'VITEST']) {
      expect(environment).not.toHaveProperty(name);
    }
  });

  it('has Lambda’s context', async () => {
    const { invoke } = run('return { ...context, left: context.getRemainingTimeInMillis() };');
    const [one, other] = [await invoke(), await invoke()] as Record<string, unknown>[];

    expect(one).toMatchObject({
      functionName: 'tried',
      invokedFunctionArn: 'arn:tried',
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(one?.left).toBeGreaterThan(4_000);
    expect(one?.left).toBeLessThanOrEqual(5_000);
    expect(one?.awsRequestId).not.toBe(other?.awsRequestId);
  });

  it('keeps its environment for the next call', async () => {
    const { invoke } = run('return calls;');

    expect([await invoke(), await invoke()]).toEqual([1, 2]);
  });

  it('runs in several environments at once, up to its concurrency', async () => {
    const body = 'await new Promise((done) => setTimeout(done, 50)); return calls;';
    const { invoke } = run(body, { reservedConcurrency: 2 });
    const calls = (await Promise.all([1, 2, 3, 4].map(() => invoke()))) as number[];

    // Each environment has a first call.
    expect(calls.filter((number) => number === 1)).toHaveLength(2);
  });

  it.each([
    ['throws', 'throw new RangeError("too far");', 'RangeError', 'too far'],
    ['throws something other than an error', 'throw "words";', 'string', 'words'],
    ['exits', 'process.exit(3);', 'Runtime.ExitError', 'exited with code 3'],
    [
      'uses too much memory',
      'const all = []; for (;;) all.push(new Array(1e5).fill(calls++));',
      'Runtime.OutOfMemory',
      '128 MB',
    ],
    [
      'leaves an error uncaught',
      'Promise.reject(new TypeError("lost")); await new Promise(() => {});',
      'TypeError',
      'lost',
    ],
  ])('fails its call if it %s, and is available for the next call', async (_name, fault, errorType, message) => {
    const { invoke } = run(`if (event.fault) { ${fault} } return "fine";`);

    await expect(invoke({ fault: true })).rejects.toMatchObject({
      errorType,
      message: expect.stringContaining(message),
    });
    expect(await invoke()).toBe('fine');
  });

  it.each(['await new Promise(() => {});', 'for (;;);'])('is ended at its timeout: %s', async (endless) => {
    const { invoke } = run(`if (event.fault) { ${endless} } return "fine";`, { timeout: 1 });
    const start = performance.now();

    await expect(invoke({ fault: true })).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(await invoke()).toBe('fine');
  });

  it('does nothing after its timeout', async () => {
    const { invoke, log } = run('setInterval(() => console.log("alive"), 5); await new Promise(() => {});', {
      timeout: 1,
    });
    await invoke().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = log.lines.length;
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect([before > 10, log.lines.length]).toEqual([true, before]);
  });

  it('is available for the next call if it died after its response', async () => {
    const { invoke } = run('setTimeout(() => { throw new Error("late"); }, 5); return "fine";');
    const first = await invoke();
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect([first, await invoke()]).toEqual(['fine', 'fine']);
  });

  it('passes a waiting call to a new environment if the last one died', async () => {
    const { invoke } = run('if (event.fault) process.exit(1); return "fine";', { reservedConcurrency: 1 });
    const [failed, waiting] = await Promise.allSettled([invoke({ fault: true }), invoke()]);

    expect([failed?.status, waiting]).toEqual(['rejected', { status: 'fulfilled', value: 'fine' }]);
  });

  it.each([
    ['its bundle does not load', bundleOfBroken, 'index.handler', 'SyntaxError'],
    ['its handler does not exist', () => bundleOf('export const other = 1;'), 'index.handler', 'Error'],
  ])('fails every call if %s', async (_name, bundle, handler, errorType) => {
    const { invoke } = run('', { bundle: bundle(), handler });

    await expect(invoke()).rejects.toMatchObject({ errorType });
    await expect(invoke()).rejects.toMatchObject({ errorType });
  });

  it('writes to its own log, errors included', async () => {
    const { invoke, log } = run('console.log("one\\ntwo"); console.error("three"); throw new Error("four");');
    await invoke().catch(() => {});
    await expect.poll(() => log.lines.length).toBeGreaterThan(3);
    const lines = log.lines.map(({ line }) => line);

    expect(lines).toEqual(
      expect.arrayContaining(['one', 'two', 'three', expect.stringContaining('ERROR Error: four')]),
    );
    expect(new Set(log.lines.map(({ functionName }) => functionName))).toEqual(new Set(['tried']));
  });
});

const bundleOfBroken = () => bundleOf('export const handler = (;');

describe('the log of functions', () => {
  it('keeps the most recent lines', () => {
    const log = new FunctionLog(() => {}, 3);
    for (const line of 'abcdefgh') log.add('f', line);

    expect(log.lines.map(({ line }) => line)).toEqual(['f', 'g', 'h']);
  });

  it('finds the code that a function logged for a failed record, and nothing but a code', () => {
    const log = new FunctionLog();
    const write = (line: object) => log.add('f', JSON.stringify(line));
    write({ level: 'WARN', code: 'not_json', record: 'id-1' });
    write({ level: 'ERROR', error: 'ThrottlingException', records: ['id-2', 'id-3'] });
    write({ level: 'WARN', code: 'no address in ann@example.com', record: 'id-4' });
    write({ level: 'INFO', code: 'fine', record: 'id-5' });
    log.add('f', 'id-6 {');

    const codes = [1, 2, 3, 4, 5, 6, 7].map((id) => log.codeFor('f', `id-${id}`));
    expect(codes).toEqual(['not_json', 'ThrottlingException', 'ThrottlingException', ...Array(4).fill(undefined)]);
    expect(log.codeFor('other', 'id-1')).toBeUndefined();
  });
});
