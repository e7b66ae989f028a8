import { describe, expect, it } from 'vitest';
import { TABLES } from '../support/tables.ts';
import { type Json, plain, type Synthesized, synthesize } from './synthesized.ts';

const stack = synthesize();

const tablesOf = (synthesized: Synthesized) =>
  Object.fromEntries(synthesized.all('AWS::DynamoDB::GlobalTable').map(([id, table]) => [plain(id), table]));

const tables = tablesOf(stack);

/** A key schema as text: `dayShard / createdAt`. */
const keys = (schema: Json[]): string => {
  const names = (type: string) =>
    schema.filter(({ KeyType }) => KeyType === type).map(({ AttributeName }) => AttributeName);
  return [names('HASH').join(' '), names('RANGE').join(' ')].filter(Boolean).join(' / ');
};

describe('the tables', () => {
  it('are those of the design, and one of what requests came to', () => {
    expect(Object.keys(tables).sort()).toEqual([
      ...['CampaignsTable', 'EmailStatusTable', 'ErasuresTable', 'IdempotencyTable'],
      ...['MailingsTable', 'SuppressionsTable'],
    ]);
    expect(keys(tables.CampaignsTable?.Properties.KeySchema)).toBe('campaignId');
    expect(keys(tables.EmailStatusTable?.Properties.KeySchema)).toBe('messageId / recipient');
    expect(keys(tables.ErasuresTable?.Properties.KeySchema)).toBe('ledger / entry');
    expect(keys(tables.IdempotencyTable?.Properties.KeySchema)).toBe('id');
    expect(keys(tables.MailingsTable?.Properties.KeySchema)).toBe('campaignId / part');
    expect(keys(tables.SuppressionsTable?.Properties.KeySchema)).toBe('address');
  });

  it('have all indexes of the design, keys only', () => {
    const indexes = tables.EmailStatusTable?.Properties.GlobalSecondaryIndexes;

    expect(Object.fromEntries(indexes.map((index: Json) => [index.IndexName, keys(index.KeySchema)]))).toEqual({
      byRecipient: 'recipient / createdAt',
      byDay: 'dayShard / createdAt',
      byCampaign: 'campaignShard / status recipient',
      bySesMessageId: 'sesMessageId',
      byWakeAt: 'wakeShard / wakeAt',
    });
    for (const { Projection } of indexes) expect(Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
    expect(tables.SuppressionsTable?.Properties).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  it('have text keys', () => {
    for (const { Properties } of Object.values(tables)) {
      for (const { AttributeName, AttributeType } of Properties.AttributeDefinitions) {
        expect([AttributeName, AttributeType]).toEqual([AttributeName, 'S']);
      }
    }
  });

  it.each(Object.entries(tables))(
    '%s is paid by request, restorable to any moment, expires items and streams both images where anybody reads them',
    (name, table) => {
      const { Properties } = table;

      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'deleteAfter', Enabled: true });
      expect(Properties.StreamSpecification).toEqual(
        ['MailingsTable', 'IdempotencyTable'].includes(name) ? undefined : { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      );
      expect(Properties.Replicas).toHaveLength(1);
      expect(Properties.Replicas[0]).toMatchObject({
        Region: { Ref: 'AWS::Region' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    },
  );

  // No SSESpecification is DynamoDB's own key. `SSEEnabled: false` would be the same and read like the opposite.
  it.each(Object.entries(tables))('%s is encrypted as DynamoDB encrypts by itself', (_, { Properties }) => {
    expect(Properties).not.toHaveProperty('SSESpecification');
  });

  it.each(Object.entries(tables))('%s outlives its stack', (_, table) => {
    expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(table.Properties.Replicas[0].DeletionProtectionEnabled).toBe(true);
  });

  it('of a trial go with it, and differ in nothing else', () => {
    const trial = synthesize({ trial: 'true' });
    for (const [name, table] of Object.entries(tablesOf(trial))) {
      expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
      expect(table.Properties.Replicas[0].DeletionProtectionEnabled).toBe(false);
      const kept = structuredClone(table.Properties);
      kept.Replicas[0].DeletionProtectionEnabled = true;
      expect(kept).toEqual(tables[name]?.Properties);
    }
  });
});

describe('the tables that tests make', () => {
  it.each([
    ['EmailStatus', TABLES.emailStatus],
    ['Suppressions', TABLES.suppressions],
    ['Campaigns', TABLES.campaigns],
    ['Erasures', TABLES.erasures],
    ['Mailings', TABLES.mailings],
  ] as const)('%s are those of the stack', (name, table) => {
    const [, { Properties }] = synthesize()
      .all('AWS::DynamoDB::GlobalTable')
      .find(([id]) => id.startsWith(name)) ?? ['', { Properties: {} }];
    const named = (list: { AttributeName: string }[]) =>
      list.toSorted((a, b) => (a.AttributeName < b.AttributeName ? -1 : 1));
    const indexes = 'GlobalSecondaryIndexes' in table ? table.GlobalSecondaryIndexes : [];

    expect(Properties.KeySchema).toEqual(table.KeySchema);
    expect(named(Properties.AttributeDefinitions)).toEqual(named([...table.AttributeDefinitions]));
    expect(Properties.GlobalSecondaryIndexes ?? []).toEqual(indexes);
  });
});
