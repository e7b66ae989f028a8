import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Mailing, singleMailing } from '../../domain/mailing/mailing.ts';
import { textOf } from '../dynamodb/row.ts';
import { CONTENT, partKey, planItem, readPlan } from './mailing-row.ts';

/** A single message's mailing, and the fingerprint of its request. */
export type Single = Readonly<{ mailing: Mailing; fingerprint: string }>;

export type SingleMailings = Readonly<{
  /** Creates a mailing of one email, or returns the one created before. One write; no request is stored beside it. */
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

/** Deletes the content of a single message, if the id is of one. A campaign's content has no personal data of a recipient. */
export type ContentEraser = (messageId: string) => Promise<void>;

export const contentEraser =
  (client: DynamoDBDocumentClient, table: string): ContentEraser =>
  async (messageId) => {
    await client.send(new DeleteCommand({ TableName: table, Key: partKey(singleMailing(messageId), CONTENT) }));
  };
