import type { CreateTableCommandInput, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';

const keysOnly = (IndexName: string, hash: readonly string[], range: readonly string[] = []): GlobalSecondaryIndex => ({
  IndexName,
  KeySchema: [
    ...hash.map((AttributeName) => ({ AttributeName, KeyType: 'HASH' as const })),
    ...range.map((AttributeName) => ({ AttributeName, KeyType: 'RANGE' as const })),
  ],
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

const attributes = (texts: readonly string[]) =>
  texts.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));

/** The tables as in the stack; test/lib checks that both agree. */
export const TABLES = {
  emailStatus: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'messageId', KeyType: 'HASH' },
      { AttributeName: 'recipient', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: attributes([
      'messageId',
      'recipient',
      'createdAt',
      'dayShard',
      'campaignShard',
      'status',
      'sesMessageId',
      'wakeShard',
      'wakeAt',
    ]),
    GlobalSecondaryIndexes: [
      keysOnly('byRecipient', ['recipient'], ['createdAt']),
      keysOnly('byDay', ['dayShard'], ['createdAt']),
      keysOnly('byCampaign', ['campaignShard'], ['status', 'recipient']),
      keysOnly('bySesMessageId', ['sesMessageId']),
      keysOnly('byWakeAt', ['wakeShard'], ['wakeAt']),
    ],
  },
  suppressions: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'address', KeyType: 'HASH' }],
    AttributeDefinitions: attributes(['address']),
  },
  campaigns: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'campaignId', KeyType: 'HASH' }],
    AttributeDefinitions: attributes(['campaignId']),
  },
  erasures: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'ledger', KeyType: 'HASH' },
      { AttributeName: 'entry', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: attributes(['ledger', 'entry']),
  },
  mailings: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'campaignId', KeyType: 'HASH' },
      { AttributeName: 'part', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: attributes(['campaignId', 'part']),
  },
} as const satisfies Record<string, Omit<CreateTableCommandInput, 'TableName'>>;
