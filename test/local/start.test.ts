import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STARTED = 'Ctrl-C ends it.';

/** Runs `npm start`'s command as a process of its own, in a process group of its own, as a terminal does. */
const start = (environment: Record<string, string> = {}, words: string[] = [], root = ROOT) => {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'local/start.ts', ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => signal(child, 'SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      said[stream] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }));
  /** Resolves once it has printed this. */
  const says = async (text: string) => {
    const over = ended.then(() => Promise.reject(new Error(`it ended without saying "${text}": ${said.stderr}`)));
    const heard = async () => {
      while (!said.stdout.includes(text)) await once(child.stdout, 'data');
    };
    await Promise.race([heard(), over]);
  };
  return { child, said, ended, says };
};

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  try {
    process.kill(-(pid ?? 0), name);
  } catch {
    // It has ended.
  }
};

/** A project whose stack is made by this code instead, so that it can be broken. */
const projectOf = (app: string): string => {
  const root = temporaryFolder();
  for (const folder of ['local', 'scripts']) cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'lib'));
  writeFileSync(join(root, 'lib', 'app.ts'), app);
  return root;
};

const appOf = (body: string) => `
import { App, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
export const createApp = (props) => {
  const app = new App(props);
  const stack = new Stack(app, 'Tiny');
  ${body}
  return app;
};`;

/** All processes that descend from one, as /proc knows them. */
const descendants = (pid: number): number[] => {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The command's name, in brackets, may hold spaces.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      return [];
    }
  });
  const below = (above: number): number[] =>
    parents.filter(({ parent }) => parent === above).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(pid);
};

/** A zombie is dead: whether it is buried is up to the machine's init. */
const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('npm start', () => {
  it('says what it does, where it listens and three commands that work', async () => {
    const { child, said, ended, says } = start();
    await says(STARTED);
    const [publish = '', ask = '', ...rest] = said.stdout.split('\n').filter((line) => line.startsWith('curl '));
    const run = async (command: string) => {
      const curl = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
      return JSON.parse((await curl.stdout.toArray()).join(''));
    };
    const published = await run(publish);
    const [, url] = /listens on (\S+)/.exec(said.stdout) ?? [];
    await fetch(`${url}/local/settle`, { method: 'POST' });
    const asked = await run(ask);
    const statuses = await run(rest[0] ?? '');
    signal(child, 'SIGTERM');

    expect(said.stdout).toMatch(
      /starting DynamoDB .*\nsynthesizing .*\n(.*\n)*creating the tables \(EmailStatus, Suppressions\)/,
    );
    expect(said.stdout).toContain('open to everybody on this machine');
    expect(published).toEqual({ topic: 'delivery' });
    expect(JSON.stringify(asked)).toContain('"status":"delivered"');
    expect(JSON.stringify(statuses)).toContain('delivered');
    expect(rest).toHaveLength(1);
    expect((await ended).code).toBe(0);
  });

  it.runIf(process.platform === 'linux').each(['SIGINT', 'SIGHUP'] as const)(
    'ends with exit code 0 on %s, even twice, and leaves no process and no folder',
    async (name) => {
      const TMPDIR = temporaryFolder();
      const { child, ended, says } = start({ TMPDIR }, [], projectOf(appOf('new CfnTopic(stack, "Topic");')));
      await says(STARTED);
      const folders = readdirSync(TMPDIR);
      const processes = descendants(child.pid ?? 0);
      // The whole group, as a terminal does, and the runner hands it on once more.
      signal(child, name);
      const { code, stderr } = await ended;

      expect(processes.length).toBeGreaterThanOrEqual(2);
      expect([code, stderr]).toEqual([0, '']);
      await expect.poll(() => processes.filter(isAlive)).toEqual([]);
      expect([folders.length, readdirSync(TMPDIR)]).toEqual([1, []]);
    },
  );

  it('ends at once while it is still starting', async () => {
    const hanging = projectOf(`await new Promise((done) => setTimeout(done, 60_000)); ${appOf('')}`);
    const { child, ended, says } = start({}, [], hanging);
    await says('synthesizing');
    const processes = descendants(child.pid ?? 0);
    signal(child, 'SIGINT');

    expect((await ended).code).toBe(0);
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
  });

  it('says where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stderr } = await start({ PORT: String(port) }).ended;
    other.close();

    expect([code, stderr]).toEqual([
      1,
      `mailtrail: port ${port} is taken: end what listens there, or choose another with PORT=${port + 1}.\n`,
    ]);
  });

  it.each<[string, Record<string, string>, string[], RegExp]>([
    [
      'no engine is there',
      { MAILTRAIL_ENGINE: 'java', JAVA_HOME: '/nowhere' },
      [],
      /needs Java 17 or newer: .*Install one/,
    ],
    ['the engine is a word it does not know', { MAILTRAIL_ENGINE: 'oracle' }, [], /MAILTRAIL_ENGINE is "oracle"/],
    [
      'nothing answers at the engine’s address',
      { MAILTRAIL_ENGINE: 'http://127.0.0.1:9' },
      [],
      /no DynamoDB answers at/,
    ],
    ['the port is no number', { PORT: 'http' }, [], /PORT is "http": it must be a number/],
    ['the port is too high', { PORT: '65536' }, [], /PORT is "65536"/],
    ['it is told something it does not know', {}, ['--verbose'], /Unknown option '--verbose'.*--help/],
  ])('says in one line where %s', async (_name, environment, words, line) => {
    const { code, stderr } = await start(environment, words).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^mailtrail: [^\n]+\n$/);
    expect(stderr).toMatch(line);
  });

  it.each([
    ['does not synthesize', 'throw new Error("no such\\nconstruct");', /does not synthesize: no such construct$/],
    [
      'holds what cannot run here',
      'new CfnQueue(stack, "Q", { redrivePolicy: { deadLetterTargetArn: "arn:x" } });',
      /Q\.RedrivePolicy\.deadLetterTargetArn is arn:x/,
    ],
  ])('says in one line where the template %s', async (_name, body, line) => {
    const { code, stderr } = await start({}, [], projectOf(appOf(body))).ended;

    expect(code).toBe(1);
    expect(stderr).toMatch(/^mailtrail: [^\n]+\n$/);
    expect(stderr.trim()).toMatch(line);
  });

  it('says how it is used', async () => {
    const { code, stdout } = await start({}, ['--help']).ended;

    expect(code).toBe(0);
    for (const name of ['PORT', 'MAILTRAIL_DATA', 'MAILTRAIL_ENGINE', '--logs']) expect(stdout).toContain(name);
  });
});
