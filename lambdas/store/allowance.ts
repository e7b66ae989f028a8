import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Condition, conditionFailed, updateOnce } from './conditional-update.ts';
import { ALLOWANCE, partKey, RATE } from './mailing-item.ts';

/** Places in the send rate, in a row. Milliseconds. */
export type Places = Readonly<{ count: number; spacing: number; from: number; until: number }>;

export type Allowance = Readonly<{
  /**
   * Takes `count` places, `spacing` apart: the time of the first, which is not before `from`, with the last before `until`.
   * `undefined` where others have taken what there is until then.
   */
  take: (places: Places) => Promise<number | undefined>;
}>;

/** Places are taken this far ahead at most; what is beyond was written by a clock that was wrong. */
const FARTHEST = 120_000;
const ATTEMPTS = 10;

/**
 * The send rate that all workers share: one item says from when on places are free, and whoever takes some moves it on.
 * One write takes the places of a whole batch.
 *
 * @throws whatever the SDK throws, and Error where others moved it on during each of many attempts
 */
export const allowance = (client: DynamoDBDocumentClient, table: string): Allowance => {
  const key = partKey(RATE, ALLOWANCE);
  const setTo = async (freeAt: number, condition: Condition) =>
    (await updateOnce(client, table, key, { set: { freeAt }, condition })) === undefined;

  return {
    take: async ({ count, spacing, from, until }) => {
      const length = count * spacing;
      if (from + length > until) return undefined;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const moved = await moveOn(client, table, { length, from, latest: until - length });
        if ('freeAt' in moved) return moved.freeAt - length;
        const { known } = moved;
        if (typeof known !== 'number') {
          if (await setTo(from + length, { expression: 'attribute_not_exists(#freeAt)' })) return from;
        } else if (known < from || known > from + FARTHEST) {
          // Nobody has sent for a while: there is nothing to catch up on.
          if (await setTo(from + length, { expression: '#freeAt = :known', values: { known } })) return from;
        } else {
          return undefined;
        }
      }
      throw new Error(`the allowance was moved on by others during each of ${ATTEMPTS} attempts`);
    },
  };
};

type Moved = Readonly<{ freeAt: number }> | Readonly<{ known: unknown }>;

const moveOn = async (
  client: DynamoDBDocumentClient,
  table: string,
  { length, from, latest }: Readonly<{ length: number; from: number; latest: number }>,
): Promise<Moved> => {
  const command = new UpdateCommand({
    TableName: table,
    Key: partKey(RATE, ALLOWANCE),
    UpdateExpression: 'SET freeAt = freeAt + :length',
    ConditionExpression: 'freeAt BETWEEN :from AND :latest',
    ExpressionAttributeValues: { ':length': length, ':from': from, ':latest': latest },
    ReturnValues: 'UPDATED_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const { Attributes } = await client.send(command);
    return { freeAt: Number(Attributes?.freeAt) };
  } catch (error) {
    return { known: conditionFailed(error).freeAt };
  }
};
