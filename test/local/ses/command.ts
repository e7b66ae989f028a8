import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs one of the project's commands as a process, to its end. */
export const run = (
  script: string,
  words: readonly string[],
  { input = '', ...environment }: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
