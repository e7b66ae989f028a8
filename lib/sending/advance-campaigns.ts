import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { MailingsTable } from '../tables/mailings-table.ts';
import { ADVANCE_TIMEOUT, type SendingQueues } from './sending-queues.ts';
import { sweepAlarms } from './sweep-alarms.ts';

/** A page of 500 emails takes hundreds of signed requests, which less than a whole processor only makes wait. */
const A_PROCESSOR = 1_769;
/** Below the time from one sweep to the next: two at once would only be in each other's way. */
const SWEEP_TIMEOUT = Duration.minutes(4);

export interface AdvanceCampaignsProps {
  readonly emailStatus: EmailStatusTable;
  readonly mailings: MailingsTable;
  readonly queues: SendingQueues;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** Moves on what was accepted: campaigns, page by page, and what does not move on by itself. */
export class AdvanceCampaigns extends Construct {
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: AdvanceCampaignsProps) {
    super(scope, id);
    const { emailStatus, mailings, queues, ...common } = props;
    const { emailsToSend, messagesToSend, campaignsToAdvance } = queues;

    const { function: advancer } = new MailtrailFunction(this, 'AdvanceCampaigns', {
      ...common,
      name: 'advance-campaigns',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
        EMAILS_QUEUE_URL: emailsToSend.queue.queueUrl,
        CAMPAIGNS_QUEUE_URL: campaignsToAdvance.queue.queueUrl,
      },
      timeout: ADVANCE_TIMEOUT,
      memorySize: A_PROCESSOR,
    });
    mailings.grantAdvance(advancer);
    emailStatus.grantAdvance(advancer);
    emailsToSend.grantSend(advancer);
    campaignsToAdvance.grantSend(advancer);
    // One campaign after the other, two at once: the least Lambda takes. What has much to do goes on by messages of its own.
    advancer.addEventSource(
      new SqsEventSource(campaignsToAdvance.queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );

    const sweeper = new MailtrailFunction(this, 'SweepEmails', {
      ...common,
      name: 'sweep-emails',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
        EMAILS_QUEUE_URL: emailsToSend.queue.queueUrl,
        MESSAGES_QUEUE_URL: messagesToSend.queue.queueUrl,
        CAMPAIGNS_QUEUE_URL: campaignsToAdvance.queue.queueUrl,
      },
      timeout: SWEEP_TIMEOUT,
    });
    emailStatus.grantSweep(sweeper.function);
    mailings.grantSweep(sweeper.function);
    emailsToSend.grantRefill(sweeper.function);
    messagesToSend.grantRefill(sweeper.function);
    campaignsToAdvance.grantRefill(sweeper.function);
    this.alarms = sweepAlarms(this, sweeper);
    new Rule(this, 'Sweeping', {
      description:
        'Looks at emails that are stuck while they are sent or wait for quota, and for lost messages of the queues',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(sweeper.function)],
    });
  }
}
