import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Recount, recountCampaign } from '../lambdas/store/campaigns/recount-campaign.ts';
import { Contended } from '../lambdas/store/dynamodb/update-item.ts';
import { table } from '../local/demo/table.ts';
import { awsProblem, CommandError, request, runCommand } from '../local/process/command.ts';
import { localDynamoDB } from '../local/process/local-dynamodb.ts';
import { RECOUNT_HELP, type RecountArguments, readArguments } from './recount/recount-arguments.ts';

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(RECOUNT_HELP);
    return 0;
  }
  const { campaignId, dryRun, where } = options;
  const { client, tables, quiet } = 'url' in where ? await localStack(where.url) : deployedStack(where);
  const progress = (recipients: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${recipients} emails read `);
  };
  try {
    const documents = DynamoDBDocumentClient.from(client);
    const now = new Date().toISOString();
    return say(
      await recountCampaign(documents, { tables, campaignId, repair: !dryRun, now, quiet, progress }),
      options,
    );
  } catch (error) {
    throw problemOf(error);
  } finally {
    client.destroy();
  }
};

type Place = Readonly<{
  client: DynamoDBClient;
  tables: Readonly<{ emailStatus: string; campaigns: string }>;
  quiet: () => Promise<void>;
}>;

type LocalTables = Readonly<{ endpoint: string; tables: Readonly<{ EmailStatus: string; Campaigns: string }> }>;

const localStack = async (url: string): Promise<Place> => {
  const { endpoint, tables } = (await (await request(url, '/local/tables')).json()) as LocalTables;
  return {
    client: localDynamoDB(endpoint),
    tables: { emailStatus: tables.EmailStatus, campaigns: tables.Campaigns },
    quiet: async () => {
      await request(url, '/local/settle', { method: 'POST' });
    },
  };
};

const deployedStack = ({ wait, ...tables }: Exclude<RecountArguments['where'], { url: string }>): Place => ({
  client: new DynamoDBClient(),
  tables,
  quiet: () => pause(1_000 * wait),
});

const say = ({ recipients, differences }: Recount, { campaignId, dryRun }: RecountArguments): number => {
  if (recipients === 0 && differences.length === 0) throw new CommandError(`the campaign has no emails.`);
  if (differences.length === 0) {
    console.log(`${campaignId}: ${recipients} emails, and every number was correct.`);
    return 0;
  }
  const result = dryRun ? 'nothing was changed' : 'now corrected';
  console.log(`${campaignId}: ${recipients} emails. Differences (${result}):`);
  const rows = differences.map(({ name, was, is }) => [name, String(was ?? 'none'), String(is ?? 'none')]);
  console.log(table(['Number', 'Was', 'Is'], rows, process.stdout.columns ?? 120));
  return dryRun ? 1 : 0;
};

const problemOf = (error: unknown): CommandError => {
  if (error instanceof CommandError) return error;
  return error instanceof Contended ? new CommandError(`${error.message}.`) : awsProblem(error, 1);
};

await runCommand('recount', main);
