import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DAYS_REMEMBERED, type ErasureRequest, markOf } from '../../domain/erasure/erasure.ts';
import { DAY } from '../../domain/values/time.ts';
import { textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';

/** All rows are under one key, so that one Query reads them: erasures are rare. */
export const LEDGER = 'erased people';

/** The row of the salt. It sorts behind every time, so that a Query from a time on returns it too. */
export const SALT = 'salt';

/** Writes which people were erased. */
export type Erasures = Readonly<{
  /** Stores an erasure for as long as late events about the person may arrive. */
  remember: (erasure: ErasureRequest) => Promise<void>;
  /** Extends the storage from `now` (ISO 8601); no effect if it has expired. */
  keepOn: (address: string, erasedAt: string, now: string) => Promise<void>;
}>;

/**
 * The Erasures table. The salt is random and created once, at first use. It is stored beside the marks, which needs no
 * further permission. It prevents addresses from being read from the table, and marks from being compared with those of
 * other stacks or with precomputed lists. It does not prevent anyone with read access from testing a given address: the
 * recording functions do that.
 */
export const erasures = (client: DynamoDBDocumentClient, table: string): Erasures => {
  let salt: Promise<string> | undefined;
  const makeSalt = async (): Promise<string> => {
    const { Attributes = {} } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { ledger: LEDGER, entry: SALT },
        UpdateExpression: 'SET salt = if_not_exists(salt, :salt)',
        ExpressionAttributeValues: { ':salt': randomBytes(32).toString('base64url') },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return textOf(Attributes, 'salt');
  };
  const keyOf = async (address: string, erasedAt: string) => {
    salt ??= makeSalt();
    // After a failure, the next call tries again.
    salt.catch(() => {
      salt = undefined;
    });
    return { ledger: LEDGER, entry: `${erasedAt} ${markOf(address, await salt)}` };
  };

  return {
    remember: async ({ address, erasedAt, suppressionToo }) => {
      const set = { deleteAfter: daysFrom(erasedAt), ...(suppressionToo && { suppressionToo }) };
      await conditionalUpdate(client, table, await keyOf(address, erasedAt), { set });
    },
    keepOn: async (address, erasedAt, now) => {
      // Only in the second half of its time, to avoid a write every night.
      const condition = { expression: '#deleteAfter < :soon', values: { soon: daysFrom(now, DAYS_REMEMBERED / 2) } };
      await conditionalUpdate(client, table, await keyOf(address, erasedAt), {
        set: { deleteAfter: daysFrom(now) },
        condition,
      });
    },
  };
};

/** Epoch seconds, as DynamoDB's TTL takes them. */
const daysFrom = (time: string, days = DAYS_REMEMBERED): number => Math.floor((Date.parse(time) + days * DAY) / 1000);
