import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import { localDynamoDB } from '../process/local-dynamodb.ts';
import type { Engine } from './running-engine.ts';

/** Whether a DynamoDB responds there. */
export const answers = async (endpoint: string): Promise<boolean> => (await problemAt(endpoint)) === undefined;

/**
 * A DynamoDB that is already running. It is used, and never ended.
 *
 * @throws CannotStart if none responds
 */
export const engineAt = async (endpoint: string): Promise<Engine> => {
  const problem = await problemAt(endpoint);
  if (problem !== undefined) {
    throw new CannotStart(
      `no DynamoDB answers at ${endpoint} (${problem}): start one there, or unset MAILTRAIL_ENGINE to have one started.`,
    );
  }
  return { name: endpoint, endpoint, ended: new Promise(() => {}), stop: async () => {} };
};

const problemAt = async (endpoint: string): Promise<string | undefined> => {
  const client = localDynamoDB(endpoint, { maxAttempts: 1 });
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: AbortSignal.timeout(2_000) });
    return undefined;
  } catch (error) {
    return oneLine(error) || (error as { code?: string }).code || 'no answer';
  } finally {
    client.destroy();
  }
};
