import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { allow } from '../constructs/table-grant.ts';
import type { TableProps } from './email-status-table.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

/** One row for each address that was ever suppressed, with the causes side by side. */
export class SuppressionsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', { ...tableDefaults(trial), partitionKey: textKey('address') });
  }

  /** Lets a function suppress addresses, without reading any. */
  grantSuppress(who: IGrantable): void {
    allow(who, ['UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function see whether an address is suppressed. */
  grantCheck(who: IGrantable): void {
    allow(who, ['GetItem'], [this.table.tableArn]);
  }

  /** Lets a function list, read and change suppressions, one and many. Lifting one is an update too: its history stays. */
  grantManage(who: IGrantable): void {
    allow(who, ['GetItem', 'BatchGetItem', 'Scan', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function read the rows of many addresses. */
  grantReadMany(who: IGrantable): void {
    allow(who, ['BatchGetItem'], [this.table.tableArn]);
  }

  /** Lets a function read what changes. */
  grantReadStream(who: IFunction): void {
    allow(who, ['DescribeStream', 'GetRecords', 'GetShardIterator'], [this.table.tableStreamArn ?? '']);
    // Lambda refuses a mapping without it, and it is asked for on all of a table's streams (Lambda guide, with-ddb).
    allow(who, ['ListStreams'], [`${this.table.tableArn}/stream/*`]);
    const logicalId = Stack.of(this).getLogicalId(this.table.node.defaultChild as CfnElement);
    if (who.role) {
      Validations.of(who.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/stream/*]`,
        reason:
          'Lambda asks for ListStreams on all streams of the table; they are this one table’s, and it only lists them.',
      });
    }
  }

  /** Lets a function look through all rows. */
  grantScan(who: IGrantable): void {
    allow(who, ['Scan'], [this.table.tableArn]);
  }

  /** Lets a function read rows and note on them what SES's list says. */
  grantMirror(who: IGrantable): void {
    allow(who, ['GetItem', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function delete what is kept of an address. */
  grantErase(who: IGrantable): void {
    allow(who, ['DeleteItem'], [this.table.tableArn]);
  }

  /** The same, once it has looked at it. */
  grantEraseLate(who: IGrantable): void {
    allow(who, ['GetItem', 'DeleteItem'], [this.table.tableArn]);
  }

  /** Lets a function bring addresses in. */
  grantImport(who: IGrantable): void {
    allow(who, ['GetItem', 'BatchGetItem', 'UpdateItem'], [this.table.tableArn]);
  }
}
