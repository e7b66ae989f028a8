import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { CampaignsTable } from '../tables/campaigns-table.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { MailingsTable } from '../tables/mailings-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';

/**
 * Below the 30 seconds after which API Gateway stops waiting, so that the function's own answer is the one that counts.
 * Most answers take milliseconds; an import of 1,000 suppressions is reckoned at 3 to 5 seconds.
 */
export const QUERY_TIMEOUT = Duration.seconds(20);

export interface QueryFunctionsProps {
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly campaigns: CampaignsTable;
  readonly mailings: MailingsTable;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** What answers questions: one function about emails, and one that needs no table about what the answers mean. */
export class QueryFunctions extends Construct {
  readonly query: IFunction;
  readonly explain: IFunction;

  constructor(scope: Construct, id: string, props: QueryFunctionsProps) {
    super(scope, id);
    const { emailStatus, suppressions, campaigns, mailings, ...rest } = props;
    const common = { ...rest, timeout: QUERY_TIMEOUT };
    this.query = new MailtrailFunction(this, 'QueryStatus', {
      ...common,
      name: 'query-status',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        SUPPRESSIONS_TABLE: suppressions.table.tableName,
        CAMPAIGNS_TABLE: campaigns.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
      },
    }).function;
    emailStatus.grantRead(this.query);
    suppressions.grantManage(this.query);
    campaigns.grantRead(this.query);
    mailings.grantLookUp(this.query);
    this.explain = new MailtrailFunction(this, 'ExplainStatuses', {
      ...common,
      name: 'explain-statuses',
      environment: {},
    }).function;
  }
}
