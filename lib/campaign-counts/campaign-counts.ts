import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import type { CampaignsTable } from '../tables/campaigns-table.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';

/** Bounds how long a batch of the stream may take; a usual one takes a second. */
const COUNT_TIMEOUT = Duration.seconds(30);

export interface CampaignCountsProps {
  readonly emailStatus: EmailStatusTable;
  readonly campaigns: CampaignsTable;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** Counts each campaign's statuses from the stream of the emails' table into the Campaigns table. */
export class CampaignCounts extends Construct {
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, { emailStatus, campaigns, ...common }: CampaignCountsProps) {
    super(scope, id);
    const { function: counter } = new MailtrailFunction(this, 'CountStatuses', {
      ...common,
      name: 'count-statuses',
      environment: { CAMPAIGNS_TABLE: campaigns.table.tableName },
      timeout: COUNT_TIMEOUT,
    });
    campaigns.grantCount(counter);
    // A campaign's item is written once a batch and shard; docs/costs.md has the calculation.
    const { failed } = new StreamConsumer(this, 'Counting', {
      table: emailStatus.table,
      consumer: counter,
      batchSize: 1_000,
      batchingWindow: Duration.seconds(5),
      tumblingWindow: Duration.minutes(1),
    });
    this.alarms = {
      CountingFailed: {
        metric: failed.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: Duration.minutes(1),
        }),
        most: 0,
        description:
          'Changes of emails could not be counted for six hours and were given up, so the numbers of some campaigns are too low. Statuses are right. Look in the log of count-statuses for "count failed" and fix the cause, then run "npm run recount" for the campaigns of those hours; docs/operating.md explains how to empty the queue.',
      },
      CountingErrors: {
        metric: counter.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) }),
        // A batch that fails once comes again in halves by itself; more failures mean that something is broken.
        most: 5,
        description:
          'The function count-statuses keeps failing, so the numbers of campaigns stand still. Statuses are right, and nothing is lost for six hours. Its log shows why: look for "count failed". After a deployment: deploy the previous version again.',
      },
    };
  }
}
