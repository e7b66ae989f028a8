import { parseArgs } from 'node:util';
import { stackUrl, UsageError, wrongWords } from '../../local/process/command.ts';

/** The stack: a deployed one by its name, or a local one by its URL. */
export type Target = Readonly<{ stack: string }> | Readonly<{ url: string }>;

export type RedriveArguments = Readonly<{
  target: Target;
  /** Only the dead-letter queue of this name. */
  queue: string | undefined;
  /** Whether only to list. */
  show: boolean;
  /** Whether to move without confirmation. */
  yes: boolean;
}>;

export const REDRIVE_HELP = `Shows the messages in the dead-letter queues of a Mailtrail stack, with addresses masked, and moves them back
to be recorded.

  npm run redrive -- [OPTION ...]

  --stack NAME   the deployed stack (default: Mailtrail); region and credentials as for the AWS CLI
  --local        the stack that "npm start" runs, instead of a deployed one
  --url URL      the same, elsewhere (default: http://127.0.0.1:8787, or the port in PORT)
  --queue NAME   only this dead-letter queue, named as shown; the error for an unknown name lists all
  --show         lists only, moves nothing
  --yes          moves without confirmation
  --help         this text

Moving is safe at any time: recording a fact twice changes nothing. Fix the cause of the failure first, or it fails again.

Exit code: 0 all moved, or nothing there; 1 some could not be moved; 2 wrong usage, no such stack or queue; 3 not confirmed.
`;

/** The arguments of the command; `'help'` for `--help`. @throws UsageError on unknown options */
export const readArguments = (words: readonly string[], environment: NodeJS.ProcessEnv): RedriveArguments | 'help' => {
  const { help, stack, local, url, queue, show = false, yes = false } = parse(words);
  if (help) return 'help';
  const isLocal = local === true || url !== undefined;
  if (isLocal && stack !== undefined)
    throw new UsageError('--stack is for a deployed stack, --local and --url are not.');
  const target = isLocal ? { url: stackUrl(url, environment) } : { stack: stack ?? 'Mailtrail' };
  return { target, queue, show, yes };
};

const parse = (words: readonly string[]) => {
  try {
    const options = {
      stack: { type: 'string' },
      local: { type: 'boolean' },
      url: { type: 'string' },
      queue: { type: 'string' },
      show: { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw wrongWords(error);
  }
};
