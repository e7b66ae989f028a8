import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { VerifiedSenders } from '../../domain/mailing/verified-senders.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { textOf } from '../dynamodb/row.ts';
import { partKey, SENDERS } from './mailing-row.ts';

/**
 * Milliseconds for which an identity is cached. Until then, one that is no longer verified is not detected: SES rejects
 * each email, which is recorded.
 */
const CACHED_FOR = 3_600_000;

/**
 * The cache of verified senders in the Mailings table: an item each under one key. DynamoDB deletes it some time after
 * it expires.
 */
export const verifiedSenders = (client: DynamoDBDocumentClient, table: string): VerifiedSenders => ({
  find: async (identities, now) => {
    const keys = identities.map((identity) => partKey(SENDERS, identity));
    const rows = await batchGet(client, table, keys, { consistent: true });
    return rows
      .filter(({ deleteAfter }) => typeof deleteAfter === 'number' && deleteAfter * 1_000 > now)
      .map((row) => textOf(row, 'part'));
  },
  add: async (identity, now) => {
    const deleteAfter = Math.ceil((now + CACHED_FOR) / 1_000);
    await client.send(new PutCommand({ TableName: table, Item: { ...partKey(SENDERS, identity), deleteAfter } }));
  },
});
