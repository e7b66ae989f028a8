import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnginePort } from './engine/engine-port.ts';
import { CannotStart, oneLine } from './process/cannot-start.ts';
import { sampleCommands } from './process/sample-commands.ts';
import { sesSettings } from './process/ses-environment.ts';
import { type Stack, startStack } from './process/stack.ts';
import { type Context, synthesize } from './template/synthesis.ts';

const HELP = `Runs all of Mailtrail on this machine, to try it out or develop it. Nothing leaves the machine.

usage: npm start [-- [--logs] [-c NAME=VALUE] …]

  --logs          prints what the functions log, to standard error
  -c, --context   a setting, as for "npm run deploy": -c statusEvents=true
  --help          prints this

environment:
  PORT             where it listens, on 127.0.0.1 only; 8787 by default, 0 for any free port
  MAILTRAIL_DATA   a folder to keep the data in; by default it is gone at the end
  MAILTRAIL_ENGINE what DynamoDB runs on: native, java (AWS's DynamoDB Local, needs Java 17), or the address of one
                   that runs already (http://...); by default native where there is one for this system, else java
  MAILTRAIL_DYNAMODB_PORT   where DynamoDB listens, on 127.0.0.1; a free port by default, another one each time
  MAILTRAIL_SES_IDENTITIES  domains and addresses the simulated SES sends from, with commas between them
  MAILTRAIL_SES_RATE        recipients a second it takes; 1000 by default
  MAILTRAIL_SES_QUOTA       recipients in 24 hours it takes; 1000000 by default

Ctrl-C ends it.
`;

/** Prints one line and ends the process; every child and folder is removed by exit handlers. */
const giveUp = (line: string): never => {
  console.error(`mailtrail: ${line}`);
  process.exit(1);
};

const main = async (): Promise<void> => {
  const { help, logs, context } = readArguments();
  if (help) return console.log(HELP);
  const dataFolder = readFolder(process.env.MAILTRAIL_DATA);
  endOnSignals();
  stack = await startStack({
    port: readPort(process.env.PORT),
    dataFolder,
    engine: process.env.MAILTRAIL_ENGINE,
    enginePort: readEnginePort(process.env.MAILTRAIL_DYNAMODB_PORT),
    ses: sesSettings(process.env),
    synthesis: () => synthesize(context),
    ...(logs && { onLog: ({ functionName, line }) => console.error(`${functionName}: ${line}`) }),
  });
  void stack.broken.then((why) => ending || giveUp(why));
  console.log(greeting(stack, dataFolder));
};

let stack: Stack | undefined;
let ending = false;

/** Ctrl-C signals this process twice, from the terminal and from the runner: the second signal is ignored. */
const endOnSignals = (): void => {
  const end = async () => {
    if (ending) return;
    ending = true;
    const left = (await stack?.stop()) ?? 0;
    if (left > 0 && process.env.MAILTRAIL_DATA)
      console.error(`mailtrail: ${left} events are not processed yet; the next start with this folder processes them.`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
};

const readArguments = (): Readonly<{ help: boolean; logs: boolean; context: Context }> => {
  const flag = { type: 'boolean', default: false } as const;
  const context = { type: 'string', short: 'c', multiple: true, default: [] as string[] } as const;
  try {
    const { values } = parseArgs({ options: { help: { ...flag, short: 'h' }, logs: flag, context } });
    return { ...values, context: readContext(values.context) };
  } catch (error) {
    throw new CannotStart(`${oneLine(error)}; see "npm start -- --help".`);
  }
};

const readContext = (given: readonly string[]): Context =>
  Object.fromEntries(
    given.map((setting) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
      if (name === undefined) throw new Error(`-c takes NAME=VALUE, not "${setting}"`);
      return [name, value];
    }),
  );

// npm runs a script in the project's folder and sets INIT_CWD to where it was called from.
const readFolder = (given: string | undefined): string | undefined =>
  given ? resolve(process.env.INIT_CWD ?? '.', given) : undefined;

const readPort = (given: string | undefined): number => {
  const port = given === undefined || given === '' ? 8787 : Number(given);
  if (/^\d*$/.test(given ?? '') && port <= 65_535) return port;
  throw new CannotStart(`PORT is "${given}": it must be a number up to 65535, such as 8787.`);
};

const greeting = ({ url, engine, dynamodbEndpoint, blueprint }: Stack, dataFolder: string | undefined): string => `
Mailtrail listens on ${url}
  data      ${dataFolder ? `in ${dataFolder}` : 'gone when it ends (MAILTRAIL_DATA=FOLDER keeps it)'}
  DynamoDB  ${engine === dynamodbEndpoint ? engine : `${engine}, at ${dynamodbEndpoint}`}
  access    open to everybody on this machine; deployed, the API asks for ${authorization(blueprint)}

Three commands to try, in another terminal:

${sampleCommands(url).join('\n\n')}

Ctrl-C ends it.
`;

/** Without the routes of links in emails, which need no authorization when deployed either. */
const authorization = ({ apis }: Stack['blueprint']): string => {
  const kinds = new Set(apis.flatMap(({ routes }) => routes.map((route) => route.authorization)));
  kinds.delete('NONE');
  return [...kinds].map((kind) => (kind === 'AWS_IAM' ? 'an IAM signature' : 'a token')).join(' or ') || 'nothing';
};

main().catch((error: unknown) => {
  if (error instanceof CannotStart) return giveUp(error.message);
  console.error(error);
  return giveUp('this is an error in the local stack; see the lines above.');
});
