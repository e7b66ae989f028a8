import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../../local/process/command.ts';

export type ImportArguments = Readonly<{
  /** The function's name. */
  name: string;
  /** Of the local stack; `undefined` for AWS. */
  url: string | undefined;
  region: string | undefined;
}>;

export const HELP = `Brings what is on SES's account suppression list, and not in Mailtrail's, into Mailtrail's.

  npm run import-suppressions -- [OPTION ...]

It does what the stack does by itself every night, page by page. Stop it when you like (Ctrl-C): whoever runs next, this
command or the night, goes on where it stopped. Running it twice changes nothing.

  --function NAME    the function of a deployed stack, as its output ImportSuppressionsFunctionName says
  --region REGION    its region (default: AWS_REGION, or your AWS profile's)
  --url URL          without --function, the local stack (default: http://127.0.0.1:8787, or the port in PORT)
  --help             this text

For a deployed stack you need AWS credentials that may lambda:InvokeFunction on it.

Exit code: 0 all is in, 1 the import failed, 2 wrong usage, or no such stack.
`;

/** The arguments of the command; `'help'` where that was asked for. @throws UsageError */
export const readArguments = (words: readonly string[], environment: NodeJS.ProcessEnv): ImportArguments | 'help' => {
  const { help, function: name, region, url } = parse(words);
  if (help) return 'help';
  if (name !== undefined && url !== undefined)
    throw new UsageError('--url is for the local stack, --function for AWS.');
  return name === undefined
    ? { name: 'import-suppressions', url: stackUrl(url, environment), region: undefined }
    : { name, url: undefined, region };
};

const parse = (words: readonly string[]) => {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: { function: text, region: text, url: text, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw wrongWords(error);
  }
};
