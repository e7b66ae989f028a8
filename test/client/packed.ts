import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

const run = (command: string, args: readonly string[], cwd: string) => {
  const { status, stdout, stderr } = spawnSync(command, [...args], { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

/** The package of `npm pack`, in the node_modules of a separate folder, as in a project that uses it. */
export const packedClient = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-client-'));
  const home = join(folder, 'node_modules/@mailtrail/client');
  mkdirSync(home, { recursive: true });
  const pack = ['run', '--silent', 'pack-client', '--', '--silent', `--pack-destination=${folder}`];
  const packed = run('npm', pack, ROOT);
  if (packed.status !== 0) throw new Error(`npm run pack-client failed: ${packed.output}`);
  const tarball = join(folder, packed.output.trim().split('\n').at(-1) ?? '');
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', home], ROOT);
  // The dependencies that npm would download.
  for (const name of ['aws4fetch', 'openapi-fetch', 'openapi-typescript-helpers'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return {
    files: run('tar', ['-tzf', tarball], ROOT).output.trim().split('\n'),
    read: (file: string) => readFileSync(join(home, file), 'utf8'),
    /** Runs a module of the project and returns its output. */
    node: (source: string) => {
      writeFileSync(join(folder, 'index.mjs'), source);
      return run(process.execPath, ['index.mjs'], folder);
    },
    /** The output of a TypeScript compiler (such as `client/node_modules/typescript`) for a module of the project. */
    tsc: (source: string, typescript: string, options: readonly string[]) => {
      writeFileSync(join(folder, 'index.ts'), source);
      const cli = join(ROOT, typescript, 'bin/tsc');
      const always = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom,dom.asynciterable'];
      return run(process.execPath, [cli, ...always, ...options, 'index.ts'], folder).output;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};
