import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../constructs/table-grant.ts';
import type { TableProps } from './email-status-table.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

/** What became of a day's requests that send, so that a repeat gets the same answer. Its form is Powertools'. */
export class IdempotencyTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    // Nothing follows what changes here.
    const { dynamoStream: _, ...defaults } = tableDefaults(trial);
    this.table = new TableV2(this, 'Table', { ...defaults, partitionKey: textKey('id') });
  }

  /** Lets a function do the work of a request once. */
  grantUse(who: IGrantable): void {
    allow(who, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], [this.table.tableArn]);
  }
}
