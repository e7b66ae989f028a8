import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../bundle.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const STARTED = 'Ctrl-C ends it.';

/** Runs the command of `npm start` as a process, in a process group of its own, as a terminal does. */
export const start = (environment: Record<string, string> = {}, words: string[] = [], root = ROOT) => {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'local/start.ts', ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => signal(child, 'SIGKILL'));
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk) => {
      output[stream] += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  /** Resolves once it has printed this. */
  const prints = async (text: string) => {
    const over = ended.then(() => Promise.reject(new Error(`it ended without printing "${text}": ${output.stderr}`)));
    const heard = async () => {
      while (!output.stdout.includes(text)) await once(child.stdout, 'data');
    };
    await Promise.race([heard(), over]);
  };
  return { child, output, ended, prints };
};

export const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  try {
    process.kill(-(pid ?? 0), name);
  } catch {
    // It has ended.
  }
};

/** A project whose stack is this code instead, so that it can be broken. */
export const projectOf = (app: string): string => {
  const root = temporaryFolder();
  for (const folder of ['local', 'scripts']) cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'lib'));
  writeFileSync(join(root, 'lib', 'app.ts'), app);
  return root;
};

export const appOf = (body: string) => `
import { App, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
export const createApp = (props) => {
  const app = new App(props);
  const stack = new Stack(app, 'Tiny');
  ${body}
  return app;
};`;

/** All descendants of a process, from /proc. */
export const descendants = (pid: number): number[] => {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The command's name, in parentheses, may contain spaces.
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

/** A zombie has ended: reaping it is up to the machine's init. */
export const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
