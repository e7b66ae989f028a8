import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type StreamSpecification,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import type { TableBlueprint } from '../template/tables.ts';

/**
 * Creates the tables that do not exist yet.
 *
 * @param streamed names of the tables whose streams are read. Streams of the others stay off, because a stream makes an
 * engine several times slower.
 * @throws CannotStart if a table exists with other keys or indexes
 */
export const ensureTables = async (
  client: DynamoDBClient,
  tables: readonly TableBlueprint[],
  streamed: ReadonlySet<string> = new Set(),
): Promise<void> => {
  // One after the other: DynamoDB limits how many tables are created at once.
  for (const table of tables) {
    const wanted = streamed.has(table.name) ? table : { ...table, stream: undefined };
    await ensureTable(client, wanted);
    await ensureExpiry(client, wanted);
  }
};

const ensureTable = async (client: DynamoDBClient, table: TableBlueprint): Promise<void> => {
  const there = await describe(client, table.name);
  const different = there && difference(table, there);
  if (different !== undefined) {
    throw new CannotStart(
      `the existing table ${table.name} differs from the template's in ${different}: set MAILTRAIL_DATA to another folder, or delete this one's data.`,
    );
  }
  if (!there) await create(client, table);
  // A table kept from a run in which its stream was not read.
  if (there && table.stream !== undefined && there.StreamSpecification?.StreamEnabled !== true) {
    await client.send(new UpdateTableCommand({ TableName: table.name, StreamSpecification: streamOf(table.stream) }));
  }
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: table.name });
};

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const create = async (client: DynamoDBClient, table: TableBlueprint): Promise<void> => {
  try {
    await client.send(new CreateTableCommand(creation(table)));
  } catch (error) {
    if ((error as Error).name !== 'ValidationException') throw error;
    throw new CannotStart(`DynamoDB refuses the template's table ${table.name}: ${oneLine(error)}`);
  }
};

const ensureExpiry = async (client: DynamoDBClient, { name, expiry }: TableBlueprint): Promise<void> => {
  if (expiry === undefined) return;
  const { TimeToLiveDescription: now } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  // DynamoDB rejects setting it again.
  if (now?.AttributeName === expiry) return;
  const TimeToLiveSpecification = { AttributeName: expiry, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
};

const streamOf = (view: string): StreamSpecification => ({
  StreamEnabled: true,
  StreamViewType: view as NonNullable<StreamSpecification['StreamViewType']>,
});

const creation = ({ name, key, attributes, indexes, stream }: TableBlueprint): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [...key],
  ...(stream !== undefined && { StreamSpecification: streamOf(stream) }),
  AttributeDefinitions: Object.entries(attributes).map(([AttributeName, type]) => ({
    AttributeName,
    AttributeType: type as 'S' | 'N' | 'B',
  })),
  ...(indexes.length > 0 && {
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: [...index.key],
      Projection: index.projection as { ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; NonKeyAttributes?: string[] },
    })),
  }),
});

/** The first difference from the template's table; reads on from "differs in". */
const difference = (wanted: TableBlueprint, there: TableDescription): string | undefined => {
  const types = new Map(there.AttributeDefinitions?.map((one) => [one.AttributeName, one.AttributeType]));
  type Keys = readonly Readonly<{ AttributeName?: string | undefined; KeyType?: string | undefined }>[] | undefined;
  const same = (one: Keys = [], other: Keys = []) => text(one) === text(other);
  const text = (keys: NonNullable<Keys>) => keys.map((part) => `${part.KeyType} ${part.AttributeName}`).join();

  if (!same(wanted.key, there.KeySchema)) return 'its key';
  for (const [name, type] of Object.entries(wanted.attributes)) {
    if (types.get(name) !== type) return `the type of ${name}`;
  }
  const indexes = new Map(there.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index]));
  for (const { name, key, projection } of wanted.indexes) {
    const index = indexes.get(name);
    const others = index?.Projection?.NonKeyAttributes ?? [];
    const sameProjection =
      index?.Projection?.ProjectionType === projection.ProjectionType &&
      others.toSorted().join() === (projection.NonKeyAttributes ?? []).toSorted().join();
    if (!same(key, index?.KeySchema) || !sameProjection) return `the index ${name}`;
  }
  return indexes.size === wanted.indexes.length ? undefined : 'its indexes: there are more of them';
};
