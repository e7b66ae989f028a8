import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../process/command.ts';

export type ReplayArguments = Readonly<{
  files: readonly string[];
  url: string;
  topic: string | undefined;
  concurrency: number;
}>;

export const REPLAY_HELP = `Publishes recorded SES events to a running Mailtrail stack.

  npm run replay -- [OPTION ...] FILE ...

A FILE is one JSON event, a JSON array of events, or one event a line (NDJSON); "-" reads the standard input.
An event may be bare, in an SNS envelope, or the text of either in a JSON string.

  --url URL          the stack (default: http://127.0.0.1:8787, or the port in PORT)
  --topic NAME       the topic for all events (default: the one for each event's type)
  --concurrency N    how many are under way at once, 1 to 256 (default: 16)
  --help             this text

Exit code: 0 all accepted, 1 some refused, 2 wrong usage, an unreadable file, or no stack running.
`;

/**
 * The arguments of the command; `'help'` for `--help`.
 *
 * @throws UsageError on an unknown option, a value out of range, or no file
 */
export const readArguments = (words: readonly string[], environment: NodeJS.ProcessEnv): ReplayArguments | 'help' => {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  if (positionals.length === 0) throw new UsageError('name at least one FILE.');
  const concurrency = Number(values.concurrency ?? 16);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 256) {
    throw new UsageError('--concurrency takes a whole number from 1 to 256.');
  }
  return { files: positionals, url: stackUrl(values.url, environment), topic: values.topic, concurrency };
};

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        topic: { type: 'string' },
        concurrency: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrongWords(error);
  }
};
