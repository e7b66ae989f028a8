#!/usr/bin/env node
// Runs a script of this project on the Node.js version the project pins, and first installs what is missing.
//
// Plain JavaScript with built-in modules only: it runs on the machine's Node.js (20 or newer), before anything is
// installed. An npm "pre" hook does not work here: it is skipped under ignore-scripts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lockfile = join(root, 'package-lock.json');
// npm's own record of what it installed.
const installed = join(root, 'node_modules', '.package-lock.json');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Whether node_modules has everything in the lockfile; an optional package may be for another system. */
const isInstalled = () => {
  if (!existsSync(installed)) return false;
  const [wanted, found] = [lockfile, installed].map((file) => JSON.parse(readFileSync(file, 'utf8')).packages);
  const differs = ([path, { version, optional }]) =>
    path !== '' && found[path]?.version !== version && !(optional && found[path] === undefined);
  return !Object.entries(wanted).some(differs);
};

/** npm as it was called, so that its configuration is the caller's; `npm` from the PATH if run.mjs is called directly. */
const npm = (...args) => {
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith('js') ? [process.execPath, [cli]] : ['npm', []];
  const { status, error } = spawnSync(command, [...prefix, ...args, '--loglevel=error', '--ignore-scripts=false'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return;
  console.error(`mailtrail: "npm ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}. See the lines above.`);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`mailtrail: Node.js 20 or newer is needed, this is ${process.versions.node}. See https://nodejs.org.`);
  process.exit(1);
}
if (!isInstalled()) {
  console.error('mailtrail: installing packages (once; 700 MB, half a minute or so) …');
  npm('ci');
}
// The package "node" downloads its binary package in an install script, which may be disabled on a machine.
if (!existsSync(node)) npm('rebuild', 'node');

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  console.error('usage: node scripts/run.mjs SCRIPT [ARGUMENT ...]');
  process.exit(2);
}
const child = spawn(node, [script, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules', 'node', 'bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  },
});
// A terminal sends Ctrl-C to the whole process group; a supervisor signals this process alone, so it is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`mailtrail: ${node} could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)));
