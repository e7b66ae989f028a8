import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const RUN = join(import.meta.dirname, '../../scripts/run.mjs');
const SYSTEM = process.platform === 'win32' ? 'win' : process.platform;
const BINARY = process.platform === 'win32' ? 'node.exe' : 'node';

let root: string;

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

/** Two lockfiles: what the project needs, and what npm installed. */
const lock = (wanted: object, installed: object) => {
  write('package-lock.json', JSON.stringify({ packages: wanted }));
  write('node_modules/.package-lock.json', JSON.stringify({ packages: installed }));
};

/** Runs a script of a project by run.mjs, on a Node.js that gives `version` as its own. */
const run = (version = process.versions.node, npm = 'npm-cli.js') => {
  const versions = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(versions)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, join(root, 'scripts/run.mjs'), 'script.mjs', 'one', 'two words'],
    { encoding: 'utf8', env: { ...process.env, npm_execpath: join(root, npm) } },
  );
  return { status, stdout, stderr };
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mailtrail-run-'));
  mkdirSync(join(root, 'scripts'));
  copyFileSync(RUN, join(root, 'scripts/run.mjs'));
  lock({}, {});
  write('script.mjs', 'console.log(process.execPath, ...process.argv.slice(2)); process.exitCode = 3;');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('run.mjs', () => {
  it('runs a script on this Node.js where it is 24 or newer and none is pinned', () => {
    expect(run()).toEqual({ status: 3, stdout: `${process.execPath} one two words\n`, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('prefers the pinned Node.js', () => {
    const pinned = `node_modules/node-${SYSTEM}-${process.arch}/bin/${BINARY}`;
    write(pinned, '#!/bin/sh\necho pinned "$@"\n');
    chmodSync(join(root, pinned), 0o755);

    expect(run('20.0.0')).toEqual({ status: 0, stdout: 'pinned script.mjs one two words\n', stderr: '' });
  });

  it('names what to install where this Node.js is older and none is pinned', () => {
    const { status, stdout, stderr } = run('22.14.0');

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^mailtrail: Node\.js 24 or newer is needed .*, and this is 22\.14\.0\. Install it from .*\n$/,
    );
  });

  it('stops on a Node.js that npm itself does not support', () => {
    const { status, stderr } = run('18.20.0');

    expect(status).toBe(1);
    expect(stderr).toContain('Node.js 20 or newer is needed, and this is 18.20.0.');
  });

  it('installs by the lockfile, without install scripts, what is missing', () => {
    lock({ 'node_modules/a': { version: '1.0.0' } }, {});
    write('npm-cli.js', 'console.log("npm", ...process.argv.slice(2));');

    expect(run().stdout).toMatch(/^npm ci --loglevel=error --ignore-scripts\n.* one two words\n$/);
  });

  it('installs nothing where only a package for another system is missing', () => {
    const locked = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } };
    lock(locked, { 'node_modules/a': { version: '1.0.0' } });

    expect(run().stdout).toBe(`${process.execPath} one two words\n`);
  });

  it('runs nothing where the installation fails', () => {
    lock({ 'node_modules/a': { version: '2.0.0' } }, { 'node_modules/a': { version: '1.0.0' } });
    write('npm-cli.js', 'process.exitCode = 7;');
    const { status, stdout, stderr } = run();

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('mailtrail: "npm ci" failed.');
  });
});
