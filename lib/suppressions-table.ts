import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { TableProps } from './email-status-table.ts';
import { allow, tableDefaults, text } from './tables.ts';

/** One row for each address that was ever suppressed, with the causes side by side. */
export class SuppressionsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', { ...tableDefaults(trial), partitionKey: text('address') });
  }

  /** Lets a function suppress addresses, without reading any. */
  grantSuppress(who: IGrantable): void {
    allow(who, ['UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function list, read and change suppressions, one and many. Lifting one is an update too: its history stays. */
  grantManage(who: IGrantable): void {
    allow(who, ['GetItem', 'BatchGetItem', 'Scan', 'UpdateItem'], [this.table.tableArn]);
  }
}
