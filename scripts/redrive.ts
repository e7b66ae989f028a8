// Shows the dead letters of a stack and moves them back. Run it with `npm run redrive`; `--help` prints the usage.
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsProblem, CommandError, runCommand, UsageError } from '../local/process/command.ts';
import type { DeadLetterQueue } from './redrive/dead-letter.ts';
import { deployedQueues } from './redrive/deployed-queues.ts';
import { localQueues } from './redrive/local-queues.ts';
import { redrive, type Terminal } from './redrive/redrive.ts';
import { REDRIVE_HELP, readArguments, type Target } from './redrive/redrive-arguments.ts';

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(REDRIVE_HELP);
    return 0;
  }
  const found = await queuesOf(options.target, options.queue);
  if (!options.yes && !options.show && !process.stdin.isTTY) {
    throw new UsageError('there is no terminal for a confirmation: use --yes to move, or --show to list only.');
  }
  return redrive(found, options, terminal);
};

const queuesOf = async (target: Target, queue: string | undefined): Promise<readonly DeadLetterQueue[]> => {
  if ('url' in target) return localQueues(target.url, queue);
  console.error(`Reading the dead-letter queues of ${target.stack} …`);
  const clients = { cloudFormation: new CloudFormationClient(), sqs: new SQSClient(), pause };
  return deployedQueues(target.stack, clients, queue).catch((error: unknown) => {
    throw error instanceof CommandError ? error : awsProblem(error, 2);
  });
};

const terminal: Terminal = {
  say: (line) => console.log(line),
  progress: (line) => void (process.stderr.isTTY && process.stderr.write(`\r${line}`.padEnd(60).concat('\r'))),
  confirm: async (question) => {
    const input = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await input.question(`${question} [y/N] `);
    input.close();
    return /^y(es)?$/i.test(answer.trim());
  },
};

await runCommand('redrive', main);
