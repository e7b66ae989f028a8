import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../constructs/table-grant.ts';
import type { TableProps } from './email-status-table.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

/** What is remembered of erased people, so that late events do not bring them back: a salted hash each, and when. */
export class ErasuresTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      ...tableDefaults(trial),
      partitionKey: textKey('ledger'),
      sortKey: textKey('entry'),
    });
  }

  /** Lets a function know who was erased. */
  grantRead(who: IGrantable): void {
    allow(who, ['Query'], [this.table.tableArn]);
  }

  /** Lets a function remember who is erased. */
  grantRemember(who: IGrantable): void {
    allow(who, ['UpdateItem'], [this.table.tableArn]);
  }
}
