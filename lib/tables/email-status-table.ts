import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type GlobalSecondaryIndexPropsV2, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../constructs/table-grant.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

export interface TableProps {
  /** Deleting the stack deletes the table. */
  readonly trial: boolean;
}

/**
 * All keys only: an index write is paid for by what it holds, and whoever lists emails reads their rows anyway. A day
 * and a campaign are spread over shards, since one index key takes 1,000 writes a second and holds the table up beyond.
 */
const INDEXES: readonly Readonly<GlobalSecondaryIndexPropsV2>[] = [
  { indexName: 'byRecipient', partitionKeys: [textKey('recipient')], sortKeys: [textKey('createdAt')] },
  { indexName: 'byDay', partitionKeys: [textKey('dayShard')], sortKeys: [textKey('createdAt')] },
  {
    indexName: 'byCampaign',
    partitionKeys: [textKey('campaignShard')],
    sortKeys: [textKey('status'), textKey('recipient')],
  },
  // Holds the few emails that go by another id than SES's.
  { indexName: 'bySesMessageId', partitionKeys: [textKey('sesMessageId')] },
  // Holds those that must be looked at again at a time: what is being sent, and what waits for tomorrow's quota.
  { indexName: 'byWakeAt', partitionKeys: [textKey('wakeShard')], sortKeys: [textKey('wakeAt')] },
].map((index) => ({ ...index, projectionType: ProjectionType.KEYS_ONLY }));

/** One row for each email and recipient: its status and the facts that explain it. */
export class EmailStatusTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      ...tableDefaults(trial),
      partitionKey: textKey('messageId'),
      sortKey: textKey('recipient'),
      globalSecondaryIndexes: [...INDEXES],
    });
  }

  /** Write units used, of the table and of each index: nearly all of what recording costs. */
  writeUnits(): readonly Metric[] {
    const used = (label: string, index?: string) =>
      this.table.metricConsumedWriteCapacityUnits({
        statistic: Stats.SUM,
        label,
        dimensionsMap: {
          TableName: this.table.tableName,
          ...(index !== undefined && { GlobalSecondaryIndexName: index }),
        },
      });
    // Without bySesMessageId, which holds few emails.
    return [used('table'), ...['byRecipient', 'byDay', 'byCampaign'].map((index) => used(index, index))];
  }

  /** Lets a function record facts, without reading any. */
  grantRecord(who: IGrantable): void {
    allow(who, ['UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function find an email by its id, and move it on. */
  grantSend(who: IGrantable): void {
    allow(who, ['Query', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function put new emails in, see by their keys which of them it has put in before, and count a campaign's by status. */
  grantAccept(who: IGrantable): void {
    allow(who, ['PutItem', 'BatchGetItem'], [this.table.tableArn]);
    allow(who, ['Query'], [`${this.table.tableArn}/index/byCampaign`]);
  }

  /** Lets a function find emails by their ids, and a campaign's by status, and move them on. */
  grantAdvance(who: IGrantable): void {
    allow(who, ['Query'], [this.table.tableArn, `${this.table.tableArn}/index/byCampaign`]);
    allow(who, ['UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function find emails that must be looked at again, and a campaign's by status, and move them on. */
  grantSweep(who: IGrantable): void {
    allow(
      who,
      ['Query'],
      ['byWakeAt', 'byCampaign'].map((index) => `${this.table.tableArn}/index/${index}`),
    );
    allow(who, ['BatchGetItem', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function count the emails to an address. */
  grantCountOf(who: IGrantable): void {
    allow(who, ['Query'], [`${this.table.tableArn}/index/byRecipient`]);
  }

  /** Lets a function look at the last emails to an address. */
  grantLookBack(who: IGrantable): void {
    this.grantCountOf(who);
    allow(who, ['BatchGetItem'], [this.table.tableArn]);
  }

  /** Lets a function find the emails to an address, look at one, and delete them. */
  grantErase(who: IGrantable): void {
    this.grantCountOf(who);
    allow(who, ['GetItem', 'DeleteItem'], [this.table.tableArn]);
  }

  /** Lets a function read rows, by key and by each index but the one that only sending goes by. */
  grantRead(who: IGrantable): void {
    allow(who, ['GetItem', 'BatchGetItem'], [this.table.tableArn]);
    const indexes = INDEXES.filter(({ indexName }) => indexName !== 'byWakeAt').map(
      ({ indexName }) => `${this.table.tableArn}/index/${indexName}`,
    );
    allow(who, ['Query'], [this.table.tableArn, ...indexes]);
  }
}
