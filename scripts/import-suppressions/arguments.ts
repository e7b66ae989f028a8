import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../../local/process/command.ts';

export type ImportArguments = Readonly<{
  /** The function's name. */
  name: string;
  /** URL of the local stack; `undefined` for AWS. */
  url: string | undefined;
  region: string | undefined;
}>;

export const HELP = `Imports addresses of SES's account suppression list that Mailtrail's list does not have.

  npm run import-suppressions -- [OPTION ...]

It does what the stack does every night, page by page. You can stop it at any time (Ctrl-C): the next run, of this
command or of the night, continues where it stopped. Running it twice changes nothing.

  --function NAME    the function of a deployed stack: its output ImportSuppressionsFunctionName
  --region REGION    its region (default: AWS_REGION, or your AWS profile's)
  --url URL          without --function, the local stack (default: http://127.0.0.1:8787, or the port in PORT)
  --help             this text

For a deployed stack you need AWS credentials that allow lambda:InvokeFunction on it.

Exit code: 0 everything is imported, 1 the import failed, 2 wrong usage, or no such stack.
`;

/** The arguments of the command; `'help'` for `--help`. @throws UsageError */
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
