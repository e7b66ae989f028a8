#!/usr/bin/env node
// Runs a script of this project on Node.js 24, after installing missing packages.
//
// Plain JavaScript with nothing but built-ins: it runs on the Node.js of the machine (20 or newer), before anything is
// installed. An npm "pre" hook would not do: npm skips those under ignore-scripts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = join(root, 'package-lock.json');
// npm's record of what it installed.
const installed = join(root, 'node_modules', '.package-lock.json');
const major = Number(process.versions.node.split('.')[0]);

const fail = (message) => {
  console.error(`mailtrail: ${message}`);
  process.exit(1);
};

/** Whether node_modules has everything in the lockfile; an optional package may be for another system. */
const isInstalled = () => {
  if (!existsSync(installed)) return false;
  const [wanted, found] = [lockfile, installed].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages);
  const differs = ([path, { version, optional }]) =>
    path !== '' && found[path]?.version !== version && !(optional && found[path] === undefined);
  return !Object.entries(wanted).some(differs);
};

/**
 * Installs what the lockfile names. Uses npm as it was called, so that its configuration is the caller's; `npm` from
 * the PATH where run.mjs is called directly. No package needs its install script (test/structure/lockfile.test.ts).
 */
const install = () => {
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith('js') ? [process.execPath, [cli]] : ['npm', []];
  const { status, error } = spawnSync(command, [...prefix, 'ci', '--loglevel=error', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) fail(`"npm ci" failed${error ? `: ${error.message}` : ''}. The lines above give the reason.`);
};

/**
 * The Node.js that scripts run on: the pinned one where its package is installed (Linux on x64 and arm64, Windows on
 * x64), else this one where it is 24 or newer. npm has no package of a current Node.js for macOS.
 */
const findNode = () => {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
  if (existsSync(pinned)) return pinned;
  if (major >= 24) return process.execPath;
  return fail(
    `Node.js 24 or newer is needed on ${process.platform} ${process.arch}, and this is ${process.versions.node}. ` +
      'Install it from https://nodejs.org/en/download, or by "nvm install 24".',
  );
};

if (major < 20) fail(`Node.js 20 or newer is needed, and this is ${process.versions.node}. See https://nodejs.org.`);
const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  console.error('usage: node scripts/run.mjs SCRIPT [ARGUMENT ...]');
  process.exit(2);
}
if (!isInstalled()) {
  console.error('mailtrail: installing packages (once; 700 MB, half a minute or so) …');
  install();
}
const node = findNode();
const child = spawn(node, [script, ...args], {
  cwd: root,
  stdio: 'inherit',
  // So that a `node` that a script starts is the same.
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
});
// A terminal sends Ctrl-C to the whole process group; a supervisor signals this process alone, so it is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)));
