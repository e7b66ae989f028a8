import { mkdir } from 'node:fs/promises';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import { engineAt } from './endpoint.ts';
import { findJava, startJava } from './java.ts';
import { findNative, startNative } from './native.ts';
import type { Engine } from './running-engine.ts';

export type EngineChoice = Readonly<{
  /** `native`, `java` or the address of a running DynamoDB; by default native if available, else java. */
  engine?: string | undefined;
  /** Folder for the data, created if missing; in memory without one. */
  dataFolder?: string | undefined;
}>;

/**
 * Starts the chosen DynamoDB.
 *
 * @throws CannotStart if it is missing or does not start; the message names what to install
 */
export const startEngine = async ({ engine, dataFolder }: EngineChoice): Promise<Engine> => {
  const start = choose(engine);
  if (dataFolder !== undefined) await makeFolder(dataFolder);
  return start(dataFolder);
};

type Start = (dataFolder: string | undefined) => Promise<Engine>;

const choose = (engine: string | undefined): Start => {
  if (engine === undefined || engine === '') return whicheverIsThere();
  if (engine === 'native') return native() ?? refuse(NO_NATIVE);
  if (engine === 'java') return java() ?? refuse(noJava());
  if (URL.canParse(engine) && /^https?:$/.test(new URL(engine).protocol)) return given(engine);
  return refuse(`MAILTRAIL_ENGINE is "${engine}": it is native, java, or the address of a DynamoDB (http://...).`);
};

const whicheverIsThere = (): Start =>
  native() ?? java() ?? refuse(`no DynamoDB to run on this machine. ${NO_NATIVE} ${noJava()}`);

const native = (): Start | undefined => {
  const binary = findNative();
  return binary === undefined ? undefined : (dataFolder) => startNative(binary, dataFolder);
};

const java = (): Start | undefined => {
  const found = findJava();
  return 'command' in found ? (dataFolder) => startJava(found.command, dataFolder) : undefined;
};

const given =
  (endpoint: string): Start =>
  (dataFolder) =>
    dataFolder === undefined
      ? engineAt(endpoint)
      : refuse('MAILTRAIL_DATA is for the engines started here: leave it out if MAILTRAIL_ENGINE is an address.');

const NO_NATIVE = `The native engine is not installed: the package @dynoxide/linux-x64 is for Linux on x64, where "npm ci" installs it; this is ${process.platform} on ${process.arch}.`;

const noJava = (): string => {
  const found = findJava();
  const problem = 'problem' in found ? found.problem : '';
  return `AWS's DynamoDB Local needs Java 17 or newer: ${problem} Install one (https://adoptium.net) and start again.`;
};

const refuse = (why: string): never => {
  throw new CannotStart(why);
};

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new CannotStart(`MAILTRAIL_DATA must be a writable folder: ${oneLine(error)}.`);
  }
};
