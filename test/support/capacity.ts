import {
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  type DynamoDBClient,
  type UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * Adds up the write units of a client's requests as the engine reports them, and the read units separately. A failed
 * condition costs the size of the existing item (DynamoDB Developer Guide, CapacityUnitCalculations). Neither engines
 * nor AWS report that cost: it is calculated from the item in the error.
 */
export const capacityOf = (client: DynamoDBClient) => {
  let table = 0;
  let read = 0;
  let refused = 0;
  const byIndex: Record<string, number> = {};

  client.middlewareStack.add(
    (next, context) => async (args) => {
      try {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
        const answer = await next(args);
        const consumed = (answer.output as UpdateItemCommandOutput).ConsumedCapacity;
        // A transaction's is a list, by table.
        const [used] = Array.isArray(consumed) ? (consumed as readonly ConsumedCapacity[]) : [consumed];
        if (READS.has(String(context.commandName))) {
          read += used?.CapacityUnits ?? 0;
          return answer;
        }
        table += used?.Table?.CapacityUnits ?? 0;
        for (const [name, { CapacityUnits = 0 }] of Object.entries(used?.GlobalSecondaryIndexes ?? {})) {
          byIndex[name] = (byIndex[name] ?? 0) + CapacityUnits;
        }
        return answer;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          refused += Math.ceil(Buffer.byteLength(JSON.stringify(unmarshall(error.Item ?? {}), spread)) / 1024);
        }
        throw error;
      }
    },
    { step: 'initialize' },
  );
  return () => ({ table, refused, byIndex: { ...byIndex }, read });
};

const READS: ReadonlySet<string> = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand', 'ScanCommand']);

// JSON is larger than the size DynamoDB counts, so this overestimates.
const spread = (_: string, value: unknown) => (value instanceof Set ? [...value] : value);
