import { mkdir } from 'node:fs/promises';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import { engineAt } from './endpoint.ts';
import { findJava, startJava } from './java.ts';
import { findNative, startNative } from './native.ts';
import type { Engine, EngineOptions } from './running-engine.ts';

export type EngineChoice = EngineOptions &
  Readonly<{
    /** `native`, `java` or the address of a running DynamoDB; by default the first of native and java there is. */
    engine?: string | undefined;
  }>;

/**
 * Starts the DynamoDB that was chosen. A data folder is made where it is missing.
 *
 * @throws CannotStart where it is not there or does not start, or its port is taken; the message says what to do
 */
export const startEngine = async ({ engine, ...options }: EngineChoice): Promise<Engine> => {
  const start = choose(engine);
  if (options.dataFolder !== undefined) await makeFolder(options.dataFolder);
  return start(options);
};

type Start = (options: EngineOptions) => Promise<Engine>;

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
  return binary === undefined ? undefined : (options) => startNative(binary, options);
};

const java = (): Start | undefined => {
  const found = findJava();
  return 'command' in found ? (options) => startJava(found.command, options) : undefined;
};

const given =
  (endpoint: string): Start =>
  ({ dataFolder, port }) => {
    const [unused] = [dataFolder && 'MAILTRAIL_DATA', port && 'MAILTRAIL_DYNAMODB_PORT'].filter(Boolean);
    if (unused === undefined) return engineAt(endpoint);
    return refuse(`${unused} is for the engines started here: leave it out where MAILTRAIL_ENGINE is an address.`);
  };

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
