import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allow } from '../constructs/table-grant.ts';
import type { TableProps } from './email-status-table.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

/** One row for each campaign: its numbers, and how far the stream is counted into them. It outlives its emails' rows. */
export class CampaignsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', { ...tableDefaults(trial), partitionKey: textKey('campaignId') });
  }

  /** Lets a function count: it reads how far it counted, and goes on from there. */
  grantCount(who: IGrantable): void {
    allow(who, ['GetItem', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function read campaigns by their ids. */
  grantRead(who: IGrantable): void {
    allow(who, ['GetItem'], [this.table.tableArn]);
  }
}
