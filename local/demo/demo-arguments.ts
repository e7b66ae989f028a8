import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../process/command.ts';

export type DemoArguments = Readonly<{
  url: string;
  vocabulary: string;
  /** Timeout of each wait, in milliseconds. */
  timeout: number;
}>;

export const DEMO_HELP = `Simulates a month of a fictional club on a running Mailtrail stack, and prints the status of every email: statements,
a newsletter, approvals, and mail that is scheduled, canceled, expired, bounced, unsubscribed or read. It takes about
half a minute.

  npm run demo -- [OPTION ...]

  --vocabulary NAME  whose words to use: mailtrail, clubspot, clinicsense, creatio, commusoft, tipimail (default: mailtrail)
  --url URL          the stack (default: http://127.0.0.1:8787, or the port in PORT)
  --timeout SECONDS  the longest it waits for the stack to start, and for events to be recorded (default: 120)
  --help             this text

If the stack is still starting, the demo waits for it. Progress goes to standard error.

Exit code: 0 every recipient has a status; 1 something went wrong, or took longer than the timeout; 2 wrong usage or no
local stack running.
`;

/** The arguments of the command; `'help'` for `--help`. @throws UsageError on unknown options */
export const readArguments = (words: readonly string[], environment: NodeJS.ProcessEnv): DemoArguments | 'help' => {
  const values = parse(words);
  if (values.help) return 'help';
  return {
    url: stackUrl(values.url, environment),
    vocabulary: values.vocabulary ?? 'mailtrail',
    timeout: values.timeout === undefined ? 120_000 : readSeconds(values.timeout),
  };
};

const readSeconds = (text: string): number => {
  const seconds = Number(text);
  if (/^\d{1,4}$/.test(text) && seconds > 0) return seconds * 1_000;
  throw new UsageError(`--timeout is "${text}": it must be a whole number of seconds from 1 to 9999.`);
};

const parse = (words: readonly string[]) => {
  try {
    const options = {
      vocabulary: { type: 'string' },
      url: { type: 'string' },
      timeout: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw wrongWords(error);
  }
};
