/** What the commands that use a running stack share: how they reach it, and how they end. */

/** A reason for a command to end early, in one line for its user. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Wrong usage of the command. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2);
  }
}

/**
 * An error of parseArgs as wrong usage of the command: one sentence, without parseArgs's advice on arguments that begin
 * with a hyphen, which breaks off in the middle of a quotation.
 */
export const wrongWords = (error: unknown): UsageError =>
  new UsageError(`${(error as Error).message.replace(/\.?\s+(To specify|Did you forget).*$/s, '')}.`);

/**
 * An error of the AWS SDK; for a missing region or missing credentials, with how to set them.
 * @param exitCode for every other error: a missing region or missing credentials give 2, as any wrong usage
 */
export const awsProblem = (error: unknown, exitCode: number): CommandError => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (message === 'Region is missing') {
    return new CommandError('no AWS region: set AWS_REGION, or set the region in your AWS profile.', 2);
  }
  if (name === 'CredentialsProviderError') {
    return new CommandError(`no AWS credentials: sign in, or set AWS_PROFILE (${message}).`, 2);
  }
  return new CommandError(`${name}: ${message}`, exitCode);
};

/** Nothing answers at the URL; the message explains how to start a stack. */
export class NoStackError extends CommandError {
  constructor(url: string) {
    super(`no stack is running at ${url}. Start one with "npm start" and try again, or name another with --url.`, 2);
  }
}

/**
 * The URL of the stack: the given one, otherwise where `npm start` with the same environment listens.
 *
 * @throws UsageError on an invalid URL
 */
export const stackUrl = (given: string | undefined, environment: NodeJS.ProcessEnv): string => {
  const url = given ?? `http://127.0.0.1:${environment.PORT || 8787}`;
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`);
  return url;
};

/** @throws NoStackError if nothing answers at the URL; the reason of `init.signal` if that ends the request */
export const request = async (url: string, path: string, init: RequestInit = {}): Promise<Response> => {
  try {
    return await fetch(new URL(path, url), init);
  } catch {
    init.signal?.throwIfAborted();
    // The message of fetch's own error is only "fetch failed".
    throw new NoStackError(url);
  }
};

/** The detail of a problem+json response, or at least its status. */
export const problemIn = (status: number, text: string): string => {
  const { title = '', detail = title, errors } = parse(text);
  const each = Array.isArray(errors) ? errors.map(({ parameter, message }) => `${parameter}: ${message}`) : [];
  return `${status} ${each.length > 0 ? each.join('; ') : detail}`.trim();
};

/** Runs a command to its end. The exit code is the command's result, or the error's. */
export const runCommand = async (name: string, main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${name}: ${error.message}${error instanceof UsageError ? ` See "npm run ${name} -- --help".` : ''}`);
    // At once: an open standard input would keep the process alive.
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
