import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { documentsOf } from '../../lambdas/store/dynamodb/document-client.ts';
import { holdToExpressionLimits } from './expression-limits.ts';
import { TABLES } from './tables.ts';

/** The DynamoDB engines the tests run on: `describe.each(engines())('…on $name', ({ endpoint }) => …)`. */
export const engines = () => inject('engines');

type Moment = 'before it was taken' | 'after it was taken';

/**
 * A client of an engine that records the requests it sends. `failing(n, moment)` makes the nth request from then on
 * fail once: either it never arrives, or it is carried out and its response is lost. It does not retry, and rejects
 * expressions that DynamoDB rejects and an engine may not.
 */
export const clientOf = (endpoint: string) => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  holdToExpressionLimits(client);
  const requests: string[] = [];
  let fault: { at: number; moment: Moment } | undefined;

  client.middlewareStack.add(
    (next, context) => async (args) => {
      const due = fault !== undefined && fault.at === requests.length ? fault.moment : undefined;
      requests.push(String(context.commandName));
      if (due === 'before it was taken') throw new Error('the request was lost');
      const answer = await next(args);
      if (due === 'after it was taken') throw new Error('the answer was lost');
      return answer;
    },
    { step: 'initialize' },
  );
  const failing = (call: number | undefined, moment: Moment = 'before it was taken') => {
    fault = call === undefined ? undefined : { at: requests.length + call, moment };
  };
  return { client, documents: documentsOf(client), requests, failing };
};

let created = 0;

/** New, empty tables of the stack's design on an engine; `drop` removes them. */
export const makeTables = async (client: DynamoDBClient) => {
  const suffix = `${process.pid}-${Date.now()}-${created++}`;
  const names = {
    emailStatus: `EmailStatus-${suffix}`,
    suppressions: `Suppressions-${suffix}`,
    campaigns: `Campaigns-${suffix}`,
    erasures: `Erasures-${suffix}`,
    mailings: `Mailings-${suffix}`,
  };
  for (const table of ['emailStatus', 'suppressions', 'campaigns', 'erasures', 'mailings'] as const) {
    await client.send(new CreateTableCommand({ ...TABLES[table], TableName: names[table] }));
  }
  const drop = async () => {
    for (const TableName of Object.values(names)) await client.send(new DeleteTableCommand({ TableName }));
  };
  return { ...names, drop };
};
