import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answers } from '../../local/engine/endpoint.ts';
import { startEngine } from '../../local/engine/engine.ts';
import { findJava } from '../../local/engine/java.ts';
import { findNative } from '../../local/engine/native.ts';
import { temporaryFolder } from './bundle.ts';

describe('the choice of an engine', () => {
  it.each([
    ['a word it does not know', 'sqlite', 'MAILTRAIL_ENGINE is "sqlite": it is native, java, or the address'],
    ['an address where nothing answers', 'http://127.0.0.1:9', 'no DynamoDB answers at http://127.0.0.1:9'],
  ])('refuses %s in one line', async (_name, engine, message) => {
    const started = startEngine({ engine });

    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.toMatchObject({ name: 'CannotStart', message: expect.not.stringContaining('\n') });
  });

  it('does not keep data for an engine that somebody else runs', async () => {
    const started = startEngine({ engine: 'http://127.0.0.1:9', dataFolder: temporaryFolder() });

    await expect(started).rejects.toThrow('leave it out');
  });

  it('names a folder it cannot make', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(startEngine({ dataFolder: join(file, 'in') })).rejects.toThrow('MAILTRAIL_DATA must be a folder');
  });

  it('finds no native engine for another system', () => {
    expect(findNative('sunos', 'ppc64')).toBeUndefined();
  });
});

/** A java that prints this as its version. */
const java = (version: string) => {
  const home = temporaryFolder();
  const bin = join(home, 'java');
  writeFileSync(bin, `#!/bin/sh\necho '${version}' >&2\n`);
  chmodSync(bin, 0o755);
  return { PATH: `${home}:${process.env.PATH}` };
};

describe('Java', () => {
  it.each(['openjdk version "17.0.15" 2025-04-15', 'java version "25" 2026-09-16', 'openjdk version "21-ea"'])(
    '%s will do',
    (version) => {
      expect(findJava(java(version))).toEqual({ command: 'java' });
    },
  );

  it.each([
    ['java version "1.8.0_402"', '"java" is Java 1.8.0_402.'],
    ['openjdk version "11.0.2" 2019-01-15', '"java" is Java 11.0.2.'],
    ['no java here, sorry', '"java" is Java of a version it does not say.'],
  ])('%s will not', (version, problem) => {
    expect(findJava(java(version))).toEqual({ problem });
  });

  it('is asked in JAVA_HOME first', () => {
    const problem = `"${join('/nowhere', 'bin', 'java')}" does not run.`;

    expect(findJava({ ...process.env, JAVA_HOME: '/nowhere' })).toEqual({ problem });
  });
});

const ENGINES = ['native', ...('command' in findJava() ? ['java'] : [])];

describe.each(ENGINES)('the engine %s', (engine) => {
  it('can be reached from this machine alone', async () => {
    const { endpoint, stop } = await startEngine({ engine });
    const { port } = new URL(endpoint);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    // Every address of 127.0.0.0/8 is this machine's, so it stands for the others where there is no network.
    const reached = await Promise.all(
      [...others, '127.0.0.2'].map(
        async (host) => (await fetch(`http://${host}:${port}/`).catch(() => undefined)) && host,
      ),
    );
    await stop();

    expect(reached.filter(Boolean)).toEqual([]);
  });

  it('answers once it is started and is gone once it is stopped', async () => {
    const { endpoint, stop, ended } = await startEngine({ engine });
    const before = await answers(endpoint);
    await stop();

    expect([before, await answers(endpoint)]).toEqual([true, false]);
    expect(await ended).toMatch(/^ended with /);
  });

  it.each(['SIGKILL', 'SIGTERM', 'uncaught error', 'exit'])('does not outlive its parent’s %s', async (death) => {
    const module = fileURLToPath(new URL('../../local/engine/engine.ts', import.meta.url));
    const source = `
      const { startEngine } = await import(${JSON.stringify(module)});
      const { endpoint } = await startEngine({ engine: ${JSON.stringify(engine)} });
      process.stdout.write(endpoint + '\\n', () => {
        if (${JSON.stringify(death)} === 'exit') process.exit(0);
        if (${JSON.stringify(death)} === 'uncaught error') throw new Error('uncaught');
      });
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const endpoint = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (data) => resolve(`${data}`.trim())),
    );
    if (death.startsWith('SIG')) parent.kill(death as NodeJS.Signals);

    await expect.poll(() => answers(endpoint), { timeout: 5_000 }).toBe(false);
  });
});
