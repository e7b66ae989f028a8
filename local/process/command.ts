/** What the commands that talk to a running stack share: how they reach it, and how they end. */

/** Why a command ends early, in one line for whoever called it. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command was called wrongly. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2);
  }
}

/**
 * What parseArgs threw, as a wrong use of the command: what is wrong, in one sentence, without its advice on words that
 * begin with a hyphen, which breaks off in the middle of a quotation.
 */
export const wrongWords = (error: unknown): UsageError =>
  new UsageError(`${(error as Error).message.replace(/\.?\s+(To specify|Did you forget).*$/s, '')}.`);

/**
 * What the AWS SDK threw, with what would be right where it does not know whom to ask, or as whom.
 * @param exitCode for everything else: without region or credentials it is 2, as for any wrong use
 */
export const awsProblem = (error: unknown, exitCode: number): CommandError => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (message === 'Region is missing') {
    return new CommandError('no AWS region is known: name it in AWS_REGION, or set it in your AWS profile.', 2);
  }
  if (name === 'CredentialsProviderError') {
    return new CommandError(`no AWS credentials: sign in, or name a profile in AWS_PROFILE (${message}).`, 2);
  }
  return new CommandError(`${name}: ${message}`, exitCode);
};

/** Nothing answers at the URL; the message says how to start a stack. */
export class NoStackError extends CommandError {
  constructor(url: string) {
    super(`no stack is running at ${url}. Start one with "npm start" and try again, or name another with --url.`, 2);
  }
}

/**
 * The stack to talk to: as told, else where `npm start` with the same environment listens.
 *
 * @throws UsageError where that is no URL
 */
export const stackUrl = (told: string | undefined, environment: NodeJS.ProcessEnv): string => {
  const url = told ?? `http://127.0.0.1:${environment.PORT || 8787}`;
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`);
  return url;
};

/** @throws NoStackError where nothing answers at the URL; the reason of `init.signal` where that ends the request */
export const request = async (url: string, path: string, init: RequestInit = {}): Promise<Response> => {
  try {
    return await fetch(new URL(path, url), init);
  } catch {
    init.signal?.throwIfAborted();
    // fetch's own error says no more than "fetch failed".
    throw new NoStackError(url);
  }
};

/** What an answer of problem+json says is wrong, or at least its status. */
export const problemIn = (status: number, text: string): string => {
  const { title = '', detail = title, errors } = parse(text);
  const each = Array.isArray(errors) ? errors.map(({ parameter, message }) => `${parameter}: ${message}`) : [];
  return `${status} ${each.length > 0 ? each.join('; ') : detail}`.trim();
};

/** Runs a command to its end. The exit code is what it gives, or the error's. */
export const runCommand = async (name: string, main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${name}: ${error.message}${error instanceof UsageError ? ` See "npm run ${name} -- --help".` : ''}`);
    // At once: a standard input that is still open would keep the process waiting.
    process.exit(error.exitCode);
  }
};

type Problem = Readonly<{ title?: string; detail?: string; errors?: unknown }>;

const parse = (text: string): Problem => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};
