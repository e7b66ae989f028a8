import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * The parts of an UpdateItem. An attribute `a` is `#a` in the condition, and a value named `v` is `:v`. An attribute whose
 * name cannot be a placeholder has an alias, which `names` maps to it.
 */
export type ItemUpdate = Readonly<{
  set?: Readonly<Record<string, unknown>>;
  /** Set only if the item does not have the attribute. */
  setOnce?: Readonly<Record<string, unknown>>;
  /** Elements to add to string sets; adding an element twice has no effect. */
  add?: Readonly<Record<string, readonly string[]>>;
  /** Attributes to remove. */
  remove?: readonly string[];
  condition?: Condition | undefined;
  names?: Readonly<Record<string, string>>;
}>;

export type Condition = Readonly<{ expression: string; values?: Readonly<Record<string, unknown>> }>;

/** The condition that both hold; either may be missing. */
export const both = (one: Condition | undefined, other: Condition | undefined): Condition | undefined =>
  one && other
    ? { expression: `(${one.expression}) AND (${other.expression})`, values: { ...one.values, ...other.values } }
    : (one ?? other);

/** The condition that the item exists; every item has its key. */
export const IS_THERE: Condition = { expression: 'attribute_exists(#messageId)' };

/** Whether the item does not exist: a failed condition returns an empty one then. */
export const isGone = (known: StoredItem | undefined): boolean => known !== undefined && !('messageId' in known);

/** An update with one more condition. */
export const onCondition = (condition: Condition, update: ItemUpdate | undefined): ItemUpdate | undefined =>
  update && { ...update, condition: both(condition, update.condition) };

/** A condition that holds while a string set has fewer elements than `most`. */
export const hasRoom = (attribute: string, most: number): Condition => ({
  expression: `attribute_not_exists(#${attribute}) OR size(#${attribute}) < :most`,
  values: { most },
});

/** The elements of a string set as it was stored; none where there is no such set. */
export const setOf = (stored: unknown): ReadonlySet<string> => (stored instanceof Set ? stored : new Set());

export type StoredItem = Readonly<Record<string, unknown>>;

/**
 * Writes without reading first. `next` returns the write for an item that was not read and, if its condition fails, the
 * write of what is still missing on the item that came back with the failure; `undefined` if nothing is.
 *
 * @throws whatever the SDK throws, and Contended if other writers changed the item before each of the attempts. The caller
 * may retry both: the write is idempotent.
 */
export const writeUntilSettled = async (
  client: DynamoDBDocumentClient,
  table: string,
  key: Readonly<Record<string, string>>,
  next: (known: StoredItem | undefined) => ItemUpdate | undefined | Promise<ItemUpdate | undefined>,
): Promise<void> => {
  let known: StoredItem | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const update = await next(known);
    if (update === undefined) return;
    known = await conditionalUpdate(client, table, key, update);
    if (known === undefined) return;
  }
  throw new Contended(`an item of ${table} was changed by others during each of ${ATTEMPTS} attempts to write it`);
};

/** Thrown when other writers changed the item during each attempt. */
export class Contended extends Error {
  override readonly name = 'Contended';
}

/** Each failed attempt means that another writer succeeded. After this many in a row, the caller retries later. */
const ATTEMPTS = 8;

/** Sends one UpdateItem. Returns the item if the condition failed, `undefined` if it was written. */
export const conditionalUpdate = (
  client: DynamoDBDocumentClient,
  table: string,
  key: Readonly<Record<string, string>>,
  update: ItemUpdate,
): Promise<StoredItem | undefined> => sendUpdate(client, { TableName: table, Key: key, ...expressions(update) });

/** The same with expressions that an ItemUpdate cannot describe. */
export const sendUpdate = async (
  client: DynamoDBDocumentClient,
  update: UpdateCommandInput,
): Promise<StoredItem | undefined> => {
  try {
    // A failed condition returns the old item, without the cost of a read.
    await client.send(new UpdateCommand({ ...update, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    return undefined;
  } catch (error) {
    return conditionFailed(error);
  }
};

/** The item when its condition failed. @throws every other error */
export const conditionFailed = (error: unknown): StoredItem => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  // lib-dynamodb does not unmarshall the item of an exception.
  return unmarshall(error.Item ?? {});
};

/** Deletes an item on a condition; whether it existed and the condition held. */
export const conditionalDelete = async (
  client: DynamoDBDocumentClient,
  table: string,
  key: Readonly<Record<string, string>>,
  condition: Condition,
): Promise<boolean> => {
  const { UpdateExpression: _, ExpressionAttributeValues, ...conditional } = expressions({ condition });
  try {
    await client.send(
      new DeleteCommand({
        ...{ TableName: table, Key: key, ...conditional },
        ...(Object.keys(ExpressionAttributeValues).length > 0 && { ExpressionAttributeValues }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const expressions = ({ set = {}, setOnce = {}, add = {}, remove = [], condition, names = {} }: ItemUpdate) => {
  const assignments = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const additions = Object.entries(add).filter(([, elements]) => elements.length > 0);
  const clauses = [
    ...(assignments.length > 0 ? [`SET ${assignments.join(', ')}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
    ...(additions.length > 0 ? [`ADD ${additions.map(([name]) => `#${name} :${name}`).join(', ')}`] : []),
  ].join(' ');
  const used = new Set(`${clauses} ${condition?.expression ?? ''}`.match(/#\w+/g));
  return {
    UpdateExpression: clauses,
    ExpressionAttributeNames: Object.fromEntries(
      [...used].map((used) => [used, names[used.slice(1)] ?? used.slice(1)]),
    ),
    ExpressionAttributeValues: {
      ...prefixed(set),
      ...prefixed(setOnce),
      ...prefixed(Object.fromEntries(additions.map(([name, elements]) => [name, new Set(elements)]))),
      ...prefixed(condition?.values ?? {}),
    },
    ...(condition === undefined ? {} : { ConditionExpression: condition.expression }),
  };
};

const prefixed = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
