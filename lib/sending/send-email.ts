import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { LinkSecret } from '../public-links/link-secret.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { MailingsTable } from '../tables/mailings-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { sendEmailAlarms } from './send-email-alarms.ts';
import { type QueueWithDeadLetters, SEND_TIMEOUT, type SendingQueues } from './sending-queues.ts';

export interface SendEmailProps {
  readonly queues: Pick<SendingQueues, 'emailsToSend' | 'messagesToSend'>;
  readonly emailStatus: EmailStatusTable;
  readonly mailings: MailingsTable;
  readonly suppressions: SuppressionsTable;
  readonly linkSecret: LinkSecret;
  readonly configurationSet: ConfigurationSet;
  /** Where links in emails lead, without a slash at the end. */
  readonly publicUrl: string;
  /** Workers at once, of campaigns and again of single messages. */
  readonly concurrency: number;
  /** How much of the quota for 24 hours campaigns leave to single messages, in percent. */
  readonly messageQuota: number;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/**
 * The queues of emails → the functions that hand them to SES, at the rate that the account has. Each queue has a function
 * of its own, of the same code: where concurrency is reserved, the workers of a campaign leave none to single messages.
 */
export class SendEmail extends Construct {
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: SendEmailProps) {
    super(scope, id);
    const { emailsToSend, messagesToSend } = props.queues;
    const emails = this.#sender('SendEmail', emailsToSend, props);
    const messages = this.#sender('SendMessages', messagesToSend, props);
    this.alarms = sendEmailAlarms(this, { emails, messages });
  }

  #sender(id: string, from: QueueWithDeadLetters, props: SendEmailProps): MailtrailFunction {
    const { queues, emailStatus, mailings, suppressions, linkSecret, configurationSet } = props;
    const { emailsToSend, messagesToSend } = queues;
    const { concurrency, logRetention, maxConcurrency } = props;
    const sender = new MailtrailFunction(this, id, {
      name: 'send-email',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
        SUPPRESSIONS_TABLE: suppressions.table.tableName,
        EMAILS_QUEUE_URL: emailsToSend.queue.queueUrl,
        MESSAGES_QUEUE_URL: messagesToSend.queue.queueUrl,
        MESSAGE_QUOTA_PERCENT: String(props.messageQuota),
        CONFIGURATION_SET: configurationSet.configurationSetName,
        LINK_SECRET_ARN: linkSecret.arn,
        PUBLIC_URL: props.publicUrl,
      },
      timeout: SEND_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    const { function: fn } = sender;
    emailStatus.grantSend(fn);
    mailings.grantSend(fn);
    suppressions.grantCheck(fn);
    linkSecret.grantRead(fn);
    // What has to wait goes back to the queue of its kind, whichever queue it came from.
    emailsToSend.grantSend(fn);
    messagesToSend.grantSend(fn);
    this.#allowSending(fn, configurationSet);
    fn.addEventSource(
      new SqsEventSource(from.queue, {
        // All of a batch take their places in the send rate with one write, as a rule.
        batchSize: 10,
        maxConcurrency: concurrency,
        reportBatchItemFailures: true,
      }),
    );
    return sender;
  }

  /** From which identities a club sends is nobody's business here: SES refuses those that are not verified. */
  #allowSending(fn: MailtrailFunction['function'], configurationSet: ConfigurationSet): void {
    const stack = Stack.of(this);
    const arnOf = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [arnOf('identity', '*'), arnOf('configuration-set', configurationSet.configurationSetName)],
      }),
    );
    // It has no resource to name.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ses:GetAccount'], resources: ['*'] }));
    Validations.of(fn.role as Role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
        reason:
          'Which of its verified identities a club sends from is said with each mailing, not when this is deployed.',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'The account of SES is no resource that a policy could name; it is only read.',
      },
    );
  }
}
