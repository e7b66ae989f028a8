import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { ImportAnswer } from '../lambdas/suppression-sync/import-suppressions/handler.ts';
import { awsProblem, CommandError, NoStackError, runCommand } from '../local/process/command.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/process/local-dynamodb.ts';
import { HELP, type ImportArguments, readArguments } from './import-suppressions/arguments.ts';

/** Pages per call: few, so that progress is visible. */
const PAGES_A_CALL = 5;

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const client = clientOf(options);
  for (;;) {
    const { done, pages, entries, imported } = await call(client, options);
    console.log(`${count(pages, 'page')}: ${count(entries, 'entry', 'entries')} on SES's list, ${imported} imported`);
    if (done) return 0;
  }
};

const clientOf = ({ url, region }: ImportArguments): LambdaClient =>
  url === undefined
    ? new LambdaClient({ ...(region !== undefined && { region }) })
    : new LambdaClient({ endpoint: url, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });

const call = async (client: LambdaClient, { name, url }: ImportArguments): Promise<ImportAnswer> => {
  const Payload = JSON.stringify({ pages: PAGES_A_CALL });
  const { FunctionError, Payload: answer } = await client
    .send(new InvokeCommand({ FunctionName: name, Payload }))
    .catch((error: Error & { code?: string }) => {
      if (url !== undefined && error.code === 'ECONNREFUSED') throw new NoStackError(url);
      throw awsProblem(error, 2);
    });
  const result = JSON.parse(new TextDecoder().decode(answer));
  if (FunctionError === undefined) return result;
  // The function's error message may quote an address; its type is enough.
  throw new CommandError(
    `the import failed (${result.errorType}). Addresses imported so far are kept; run it again to continue.`,
  );
};

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

await runCommand('import-suppressions', main);
