import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Mailing } from '../../domain/mailing/mailing.ts';
import { textOf } from '../dynamodb/row.ts';
import { planItem, readPlan } from './mailing-row.ts';

/** A single message's mailing, and the request that brought it. */
export type Single = Readonly<{ mailing: Mailing; fingerprint: string }>;

export type SingleMailings = Readonly<{
  /** Begins a mailing of one email, and gives it back; or the one that was begun before. One write, and no call beside it. */
  begin: (mailing: Mailing, fingerprint: string) => Promise<Single>;
}>;

export const singleMailings = (client: DynamoDBDocumentClient, table: string): SingleMailings => ({
  begin: async (mailing, fingerprint) => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { ...planItem(mailing), fingerprint },
          ConditionExpression: 'attribute_not_exists(part)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { mailing, fingerprint };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const there = unmarshall(error.Item ?? {});
      return { mailing: readPlan(there), fingerprint: textOf(there, 'fingerprint') };
    }
  },
});
