import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { Settings } from '../settings/settings.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { IdempotencyTable } from '../tables/idempotency-table.ts';
import type { MailingsTable } from '../tables/mailings-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import type { SendingQueues } from './sending-queues.ts';

/**
 * Just below the 30 seconds after which API Gateway stops waiting. The most that a request brings, 5,000 recipients, takes a
 * second of a whole processor, most of it for reading, checking and hashing them: less memory gets a fraction of one.
 */
const ACCEPT_TIMEOUT = Duration.seconds(29);
const A_PROCESSOR = 1_769;

export interface AcceptMailProps extends Pick<Settings, 'retentionDays'> {
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly mailings: MailingsTable;
  readonly idempotency: IdempotencyTable;
  readonly queues: SendingQueues;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** Takes mail in: decides about each recipient, and wakes up who sends, now or at a time. */
export class AcceptMail extends Construct {
  /** Answers the routes that send. */
  readonly handler: MailtrailFunction['function'];

  constructor(scope: Construct, id: string, props: AcceptMailProps) {
    super(scope, id);
    const { emailStatus, suppressions, mailings, idempotency, queues, retentionDays, ...common } = props;
    const { messagesToSend, campaignsToAdvance } = queues;
    // Not the construct of a higher level: it gives the group a name of its own making.
    const group = new CfnScheduleGroup(this, 'Schedules');
    const scheduler = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        // Or schedules of others could be given this role (EventBridge Scheduler guide, cross-service-confused-deputy-prevention).
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.attrArn },
        },
      }),
    });
    campaignsToAdvance.grantSend(scheduler);

    const { function: handler } = new MailtrailFunction(this, 'AcceptMail', {
      ...common,
      name: 'accept-mail',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        SUPPRESSIONS_TABLE: suppressions.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
        IDEMPOTENCY_TABLE: idempotency.table.tableName,
        MESSAGES_QUEUE_URL: messagesToSend.queue.queueUrl,
        CAMPAIGNS_QUEUE_URL: campaignsToAdvance.queue.queueUrl,
        CAMPAIGNS_QUEUE_ARN: campaignsToAdvance.queue.queueArn,
        SCHEDULE_GROUP: group.ref,
        SCHEDULE_ROLE_ARN: scheduler.roleArn,
        RETENTION_DAYS: String(retentionDays),
      },
      timeout: ACCEPT_TIMEOUT,
      memorySize: A_PROCESSOR,
    });
    emailStatus.grantAccept(handler);
    suppressions.grantReadMany(handler);
    mailings.grantAccept(handler);
    idempotency.grantUse(handler);
    messagesToSend.grantSend(handler);
    campaignsToAdvance.grantSend(handler);
    this.#grantSchedules(handler, group, scheduler);
    this.handler = handler;
  }

  #grantSchedules(handler: MailtrailFunction['function'], group: CfnScheduleGroup, scheduler: Role): void {
    const stack = Stack.of(this);
    const schedules = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${group.ref}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
        resources: [schedules],
      }),
    );
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [scheduler.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    handler.addToRolePolicy(new PolicyStatement({ actions: ['ses:GetEmailIdentity'], resources: ['*'] }));
    if (handler.role === undefined) return;
    Validations.of(handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'ses:GetEmailIdentity asks whether any address a caller may name can be sent from; there is no resource that a policy could name beforehand, and it only reads.',
    });
    const groupId = stack.getLogicalId(group);
    Validations.of(handler.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/<${groupId}>/*]`,
      reason:
        'Schedules are named after campaigns that callers name; the group is this stack’s alone, and no resource that a policy could name beforehand.',
    });
  }
}
