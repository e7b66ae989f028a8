import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answers } from '../../../local/engine/endpoint.ts';
import { startEngine } from '../../../local/engine/engine.ts';
import { findJava } from '../../../local/engine/java.ts';
import { findNative } from '../../../local/engine/native.ts';
import { indexStreamRecords } from '../../../local/engine/stream-index.ts';
import { temporaryFolder } from '../bundle.ts';

describe('the choice of an engine', () => {
  it.each([
    ['an unknown word', 'sqlite', 'MAILTRAIL_ENGINE is "sqlite": it is native, java, or the address'],
    ['an address where nothing answers', 'http://127.0.0.1:9', 'no DynamoDB answers at http://127.0.0.1:9'],
  ])('rejects %s in one line', async (_name, engine, message) => {
    const started = startEngine({ engine });

    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.toMatchObject({ name: 'CannotStart', message: expect.not.stringContaining('\n') });
  });

  it('does not keep data for an engine it did not start', async () => {
    const started = startEngine({ engine: 'http://127.0.0.1:9', dataFolder: temporaryFolder() });

    await expect(started).rejects.toThrow('leave it out');
  });

  it('has no port for an engine that runs elsewhere', async () => {
    const started = startEngine({ engine: 'http://127.0.0.1:9', port: 8000 });

    await expect(started).rejects.toThrow('MAILTRAIL_DYNAMODB_PORT is for the engines started here');
  });

  it('names a folder it cannot make', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(startEngine({ dataFolder: join(file, 'in') })).rejects.toThrow(
      'MAILTRAIL_DATA must be a writable folder',
    );
  });

  it('finds no native engine for another system', () => {
    expect(findNative('sunos', 'ppc64')).toBeUndefined();
  });
});

/** A java that prints this version. */
const java = (version: string) => {
  const home = temporaryFolder();
  const bin = join(home, 'java');
  writeFileSync(bin, `#!/bin/sh\necho '${version}' >&2\n`);
  chmodSync(bin, 0o755);
  return { PATH: `${home}:${process.env.PATH}` };
};

describe('Java', () => {
  it.each(['openjdk version "17.0.15" 2025-04-15', 'java version "25" 2026-09-16', 'openjdk version "21-ea"'])(
    '%s is accepted',
    (version) => {
      expect(findJava(java(version))).toEqual({ command: 'java' });
    },
  );

  it.each([
    ['java version "1.8.0_402"', '"java" is Java 1.8.0_402.'],
    ['openjdk version "11.0.2" 2019-01-15', '"java" is Java 11.0.2.'],
    ['no java here, sorry', '"java" does not report its version.'],
  ])('%s is not accepted', (version, problem) => {
    expect(findJava(java(version))).toEqual({ problem });
  });

  it('is searched in JAVA_HOME first', () => {
    const problem = `"${join('/nowhere', 'bin', 'java')}" does not run.`;

    expect(findJava({ ...process.env, JAVA_HOME: '/nowhere' })).toEqual({ problem });
  });
});

const ENGINES = ['native', ...('command' in findJava() ? ['java'] : [])];

describe.each(ENGINES)('the engine %s', (engine) => {
  it('can be reached only from this machine', async () => {
    const { endpoint, stop } = await startEngine({ engine });
    const { port } = new URL(endpoint);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    // Every address of 127.0.0.0/8 belongs to this machine, so it stands for others if there is no network.
    const reached = await Promise.all(
      [...others, '127.0.0.2'].map(
        async (host) => (await fetch(`http://${host}:${port}/`).catch(() => undefined)) && host,
      ),
    );
    await stop();

    expect(reached.filter(Boolean)).toEqual([]);
  });

  it('responds once it is started, and not once it is stopped', async () => {
    const { endpoint, stop, ended } = await startEngine({ engine });
    const before = await answers(endpoint);
    await stop();

    expect([before, await answers(endpoint)]).toEqual([true, false]);
    expect(await ended).toMatch(/^ended with /);
  });

  it.each(['SIGKILL', 'SIGTERM', 'uncaught error', 'exit'])('does not outlive its parent’s %s', async (death) => {
    const module = fileURLToPath(new URL('../../../local/engine/engine.ts', import.meta.url));
    const source = `
      const { startEngine } = await import(${JSON.stringify(module)});
      const { endpoint } = await startEngine({ engine: ${JSON.stringify(engine)} });
      process.stdout.write(endpoint + '\\n', () => {
        if (${JSON.stringify(death)} === 'exit') process.exit(0);
        if (${JSON.stringify(death)} === 'uncaught error') throw new Error('uncaught');
      });
      setInterval(() => {}, 1000);`;
    const files = temporaryFolder();
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TMPDIR: files, TEMP: files },
    });
    const endpoint = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (data) => resolve(`${data}`.trim())),
    );
    if (death.startsWith('SIG')) parent.kill(death as NodeJS.Signals);

    await expect.poll(() => answers(endpoint), { timeout: 5_000 }).toBe(false);
    await expect.poll(() => readdirSync(files), { timeout: 5_000 }).toEqual([]);
  });
});

describe('the native engine’s file', () => {
  // dynoxide 1.2.1's own queries; without an index, each would read every stream record.
  it.each([
    [
      'before a streamed write',
      'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1',
      'SEARCH _stream_records USING COVERING INDEX mailtrail_stream_of_table (table_name=?)',
    ],
    [
      'in GetRecords',
      `SELECT * FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3
       ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4`,
      'SEARCH _stream_records USING INDEX mailtrail_stream_of_shard (table_name=? AND shard_id=? AND <expr>>?)',
    ],
  ])('has an index for the query %s', async (_when, query, plan) => {
    const dataFolder = temporaryFolder();
    const { stop } = await startEngine({ engine: 'native', dataFolder });
    await stop();

    const database = new DatabaseSync(join(dataFolder, 'native.db'), { readOnly: true });
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
    database.close();

    expect(steps.map(({ detail }) => detail)).toEqual([plan]);
  });

  it('is rejected in one line if it is not a database', async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'native.db'), 'no database, and long enough to be read as one'.repeat(100));

    await expect(startEngine({ engine: 'native', dataFolder })).rejects.toMatchObject({ name: 'CannotStart' });
  });

  it('may be of a version that stores its stream differently', () => {
    const file = join(temporaryFolder(), 'native.db');

    expect(() => indexStreamRecords(file)).not.toThrow();
  });
});
