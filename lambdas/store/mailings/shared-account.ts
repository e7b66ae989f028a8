import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountReading, SharedAccount } from '../../domain/mailing/account-reading.ts';
import type { Row } from '../dynamodb/row.ts';
import { conditionalUpdate } from '../dynamodb/update-item.ts';
import { ACCOUNT, partKey, RATE } from './mailing-row.ts';

/** The account's limits at SES, which the workers share in an item beside the send slots. */
export const sharedAccount = (client: DynamoDBDocumentClient, TableName: string): Omit<SharedAccount, 'used'> => {
  const Key = partKey(RATE, ACCOUNT);
  return {
    read: async () => {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && readReading(Item);
    },
    write: async (reading) => {
      await conditionalUpdate(client, TableName, Key, { set: reading });
    },
    claim: async (at) => {
      const expression = 'attribute_not_exists(#claimedAt) OR #claimedAt < :expired OR #claimedAt > :future';
      const condition = { expression, values: { expired: at - CLAIMED_FOR, future: at + CLAIMED_FOR } };
      return (await conditionalUpdate(client, TableName, Key, { set: { claimedAt: at }, condition })) === undefined;
    },
  };
};

/** Milliseconds until another worker reads the account, if the one that claimed it has died. */
const CLAIMED_FOR = 20_000;

const NUMBERS = ['readAt', 'maxSendRate', 'max24HourSend', 'sentLast24Hours', 'placesUsed'] as const;

/** `undefined` if it is not in this version's form: then it is read from SES. */
const readReading = (row: Row): AccountReading | undefined =>
  NUMBERS.every((name) => typeof row[name] === 'number')
    ? (Object.fromEntries(NUMBERS.map((name) => [name, row[name]])) as AccountReading)
    : undefined;
