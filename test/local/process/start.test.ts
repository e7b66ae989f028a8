import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { answers } from '../../../local/engine/endpoint.ts';
import { freePort } from '../../../local/engine/free-port.ts';
import { temporaryFolder } from '../bundle.ts';
import { appOf, descendants, isAlive, projectOf, STARTED, signal, start } from './start-process.ts';

describe('npm start', () => {
  it('prints its URL and three commands that work', async () => {
    const { child, output, ended, prints } = start();
    await prints(STARTED);
    const [publish = '', ask = '', ...rest] = output.stdout.split('\n').filter((line) => line.startsWith('curl '));
    const run = async (command: string) => {
      const curl = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
      // A command may send two requests: one response follows the other.
      const answers = (await curl.stdout.toArray()).join('').trim().split('\n');
      return answers.map((answer) => JSON.parse(answer));
    };
    const published = await run(publish);
    const queried = await run(ask);
    const recipient = await run(rest[0] ?? '');
    signal(child, 'SIGTERM');

    expect(output.stdout).toMatch(
      /starting DynamoDB .*\nsynthesizing .*\n(.*\n)*creating the tables \(EmailStatus, Suppressions, Campaigns, Erasures, Mailings, Idempotency\)/,
    );
    expect(output.stdout).toMatch(/open to everybody on this machine; deployed, the API asks for an IAM signature\n/);
    expect(published).toEqual([{ topic: 'delivery' }, { pending: 0, deadLetters: 0 }]);
    expect(JSON.stringify(queried)).toContain('"status":"delivered"');
    expect(JSON.stringify(recipient)).toContain('"lastStatus":"delivered"');
    expect(rest).toHaveLength(1);
    expect((await ended).code).toBe(0);
  });

  it.runIf(process.platform === 'linux').each(['SIGINT', 'SIGHUP'] as const)(
    'ends with exit code 0 on %s, even twice, and leaves no process and no folder',
    async (name) => {
      const TMPDIR = temporaryFolder();
      const { child, ended, prints } = start({ TMPDIR }, [], projectOf(appOf('new CfnTopic(stack, "Topic");')));
      await prints(STARTED);
      const folders = readdirSync(TMPDIR);
      const processes = descendants(child.pid ?? 0);
      // The whole group, as a terminal does, and the runner passes it on once more.
      signal(child, name);
      const { code, stderr } = await ended;

      expect(processes.length).toBeGreaterThanOrEqual(2);
      expect([code, stderr]).toEqual([0, '']);
      await expect.poll(() => processes.filter(isAlive)).toEqual([]);
      // The synthesized template, and the native engine's file where that is the engine.
      expect(folders).not.toEqual([]);
      expect(readdirSync(TMPDIR)).toEqual([]);
    },
  );

  it('runs DynamoDB on the port that was chosen, and names its endpoint', async () => {
    const MAILTRAIL_DYNAMODB_PORT = String(await freePort());
    const { child, output, ended, prints } = start(
      { MAILTRAIL_DYNAMODB_PORT },
      [],
      projectOf(appOf('new CfnTopic(stack, "Topic");')),
    );
    await prints(STARTED);
    const endpoint = `http://127.0.0.1:${MAILTRAIL_DYNAMODB_PORT}`;
    const isThere = await answers(endpoint);
    signal(child, 'SIGTERM');
    await ended;

    expect(output.stdout).toMatch(new RegExp(`^  DynamoDB  .+, at ${endpoint}$`, 'm'));
    expect(isThere).toBe(true);
  });

  it('ends at once while it is still starting', async () => {
    const hanging = projectOf(`await new Promise((done) => setTimeout(done, 60_000)); ${appOf('')}`);
    const { child, ended, prints } = start({}, [], hanging);
    await prints('synthesizing');
    const processes = descendants(child.pid ?? 0);
    signal(child, 'SIGINT');

    expect((await ended).code).toBe(0);
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
  });

  it('names a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stderr } = await start({ PORT: String(port) }).ended;
    other.close();

    expect([code, stderr]).toEqual([
      1,
      `mailtrail: port ${port} is taken: end the program that listens there, or choose another with PORT=${port + 1}.\n`,
    ]);
  });

  it.each<[string, Record<string, string>, string[], RegExp]>([
    [
      'there is no engine',
      { MAILTRAIL_ENGINE: 'java', JAVA_HOME: '/nowhere' },
      [],
      /needs Java 17 or newer: .*Install one/,
    ],
    ['the engine is an unknown word', { MAILTRAIL_ENGINE: 'oracle' }, [], /MAILTRAIL_ENGINE is "oracle"/],
    [
      'nothing answers at the engine’s address',
      { MAILTRAIL_ENGINE: 'http://127.0.0.1:9' },
      [],
      /no DynamoDB answers at/,
    ],
    ['the port is not a number', { PORT: 'http' }, [], /PORT is "http": it must be a number/],
    ['the port is too high', { PORT: '65536' }, [], /PORT is "65536"/],
    ['DynamoDB’s port is none', { MAILTRAIL_DYNAMODB_PORT: '0' }, [], /MAILTRAIL_DYNAMODB_PORT is "0"/],
    ['it is told something it does not know', {}, ['--verbose'], /Unknown option '--verbose'.*--help/],
    ['a setting has no value', {}, ['-c', 'statusEvents'], /-c takes NAME=VALUE, not "statusEvents".*--help/],
    ['a setting is unknown', {}, ['-c', 'statusEvent=true'], /does not synthesize: .*statusEvent is no setting/],
  ])('reports in one line that %s', async (_name, environment, words, line) => {
    const { code, stderr } = await start(environment, words).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^mailtrail: [^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  it.each([
    ['does not synthesize', 'throw new Error("no such\\nconstruct");', /does not synthesize: no such construct$/],
    [
      'contains something that cannot run here',
      'new CfnQueue(stack, "Q", { redrivePolicy: { deadLetterTargetArn: "arn:x" } });',
      /Q\.RedrivePolicy\.deadLetterTargetArn is arn:x/,
    ],
  ])('reports in one line that the template %s', async (_name, body, line) => {
    const { code, stderr } = await start({}, [], projectOf(appOf(body))).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^mailtrail: [^\n]+\n$/);
    expect(stderr.trim()).toMatch(line);
  });

  it('prints its usage', async () => {
    const { code, stdout } = await start({}, ['--help']).ended;

    expect(code).toBe(0);
    for (const name of ['PORT', 'MAILTRAIL_DATA', 'MAILTRAIL_ENGINE', 'MAILTRAIL_DYNAMODB_PORT', '--logs', '-c'])
      expect(stdout).toContain(name);
  });
});
