import { parseArgs } from 'node:util';
import { stackUrl, wrongWords } from '../command.ts';

export type DemoArguments = Readonly<{ url: string; vocabulary: string }>;

export const DEMO_HELP = `Lives through a month of a made-up club on a running Mailtrail stack, and shows what became of every email: statements,
a newsletter, approvals, what is planned, canceled, expired, bounced, left, read. It takes about half a minute.

  npm run demo -- [OPTION ...]

  --vocabulary NAME  whose words to use: mailtrail, clubspot, clinicsense, creatio, commusoft, tipimail (default: mailtrail)
  --url URL          the stack (default: http://127.0.0.1:8787, or the port in PORT)
  --help             this text

Exit code: 0 every recipient has a status, 1 something went wrong, 2 wrong usage or no stack running.
`;

/** The arguments of the command; `'help'` where that was asked for. @throws UsageError on what it does not know */
export const readArguments = (words: readonly string[], environment: NodeJS.ProcessEnv): DemoArguments | 'help' => {
  const values = parse(words);
  if (values.help) return 'help';
  return { url: stackUrl(values.url, environment), vocabulary: values.vocabulary ?? 'mailtrail' };
};

const parse = (words: readonly string[]) => {
  try {
    const options = {
      vocabulary: { type: 'string' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw wrongWords(error);
  }
};
