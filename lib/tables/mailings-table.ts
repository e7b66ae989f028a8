import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RATE, UNFINISHED } from '../../lambdas/store/mailings/mailing-row.ts';
import { allow } from '../constructs/table-grant.ts';
import type { TableProps } from './email-status-table.ts';
import { tableDefaults, textKey } from './table-defaults.ts';

/** What is sent through Mailtrail: of each mailing its plan, its content, the calls that brought it, and what is left to send. */
export class MailingsTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { trial }: TableProps) {
    super(scope, id);
    // Nothing follows what changes here.
    const { dynamoStream: _, ...defaults } = tableDefaults(trial);
    this.table = new TableV2(this, 'Table', {
      ...defaults,
      partitionKey: textKey('campaignId'),
      sortKey: textKey('part'),
    });
  }

  /** Lets a function take mailings in, and move them on when a person says so. A transaction asks for its parts' rights. */
  grantAccept(who: IGrantable): void {
    allow(who, ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], [this.table.tableArn]);
  }

  /** Lets a function move mailings on and work their pages off. */
  grantAdvance(who: IGrantable): void {
    allow(who, ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'], [this.table.tableArn]);
  }

  /** Lets a function delete what was written to somebody. */
  grantErase(who: IGrantable): void {
    allow(who, ['DeleteItem'], [this.table.tableArn]);
  }

  /** Lets a function look up where mailings stand. */
  grantLookUp(who: IGrantable): void {
    allow(who, ['BatchGetItem'], [this.table.tableArn]);
  }

  /** Lets a function read plans and contents. */
  grantRead(who: IGrantable): void {
    allow(who, ['GetItem'], [this.table.tableArn]);
  }

  /** Lets a function read plans and contents, and take places in the send rate, which are no mailing's. */
  grantSend(who: IGrantable): void {
    this.grantRead(who);
    this.#allowUnder(RATE, ['UpdateItem'], who);
  }

  /** Lets a function read where mailings stand and what is left of them, and change the list of unfinished campaigns. */
  grantSweep(who: IGrantable): void {
    allow(who, ['GetItem', 'Query', 'Scan'], [this.table.tableArn]);
    this.#allowUnder(UNFINISHED, ['UpdateItem', 'DeleteItem'], who);
  }

  /** Actions on the items of one partition key only. */
  #allowUnder(key: string, verbs: readonly string[], who: IGrantable): void {
    who.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: verbs.map((verb) => `dynamodb:${verb}`),
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [key] } },
      }),
    );
  }
}
