import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DAYS_REMEMBERED, type ErasureRequest, markOf } from '../../domain/erasure/erasure.ts';
import { DAY } from '../../domain/values/time.ts';
import { textOf } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';

/** All rows are under one key, so that one Query reads them; a person is erased now and then, not a thousand a second. */
export const LEDGER = 'erased people';

/** The row that holds the salt. It sorts behind every time, so whoever reads on from a time reads it too. */
export const SALT = 'salt';

/** What is remembered of erased people, as those write it who erase. */
export type Erasures = Readonly<{
  /** Remembers an erasure for as long as late events may tell of the person. */
  remember: (erasure: ErasureRequest) => Promise<void>;
  /** Goes on remembering one from `now` (ISO 8601); nothing where it is forgotten already. */
  keepOn: (address: string, erasedAt: string, now: string) => Promise<void>;
}>;

/**
 * The Erasures table. The salt is random and made once, by whoever needs it first; it lies beside the marks because that
 * costs nothing and needs no right more. So it keeps addresses from being read off the table, and marks from being
 * compared with other stacks' and with ready-made lists. It hides nobody from whoever may read the table and has an
 * address to try: that is what the recording functions do.
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
    // One that could not be made is made anew.
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
      // Halfway is soon enough, and a write a night would be none too cheap.
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
