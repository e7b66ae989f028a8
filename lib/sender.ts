import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { EmailStatusTable } from './email-status-table.ts';
import type { LinkSecret } from './link-secret.ts';
import type { MailingsTable } from './mailings-table.ts';
import { MailtrailFunction } from './mailtrail-function.ts';
import { SEND_TIMEOUT, type WorkQueue } from './sending-queues.ts';
import type { SuppressionsTable } from './suppressions-table.ts';

export interface SenderProps {
  readonly emailsToSend: WorkQueue;
  readonly emailStatus: EmailStatusTable;
  readonly mailings: MailingsTable;
  readonly suppressions: SuppressionsTable;
  readonly linkSecret: LinkSecret;
  readonly configurationSet: ConfigurationSet;
  /** Where links in emails lead, without a slash at the end. */
  readonly publicUrl: string;
  /** Workers at once. */
  readonly concurrency: number;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/** The queue of emails → the function that hands them to SES, at the rate that the account has. */
export class Sender extends Construct {
  readonly sender: MailtrailFunction;

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    const { emailsToSend, emailStatus, mailings, suppressions, linkSecret, configurationSet } = props;
    const { concurrency, logRetention, maxConcurrency } = props;
    this.sender = new MailtrailFunction(scope, 'SendEmail', {
      folder: 'send-email',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        MAILINGS_TABLE: mailings.table.tableName,
        SUPPRESSIONS_TABLE: suppressions.table.tableName,
        EMAILS_QUEUE_URL: emailsToSend.queue.queueUrl,
        CONFIGURATION_SET: configurationSet.configurationSetName,
        LINK_SECRET_ARN: linkSecret.arn,
        PUBLIC_URL: props.publicUrl,
      },
      timeout: SEND_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    const fn = this.sender.function;
    emailStatus.grantSend(fn);
    mailings.grantSend(fn);
    suppressions.grantCheck(fn);
    linkSecret.grantRead(fn);
    emailsToSend.grantSend(fn);
    this.#allowSending(configurationSet);
    fn.addEventSource(
      new SqsEventSource(emailsToSend.queue, {
        // All of a batch take their places in the send rate with one write.
        batchSize: 10,
        maxConcurrency: concurrency,
        reportBatchItemFailures: true,
      }),
    );
  }

  /** From which identities a club sends is nobody's business here: SES refuses those that are not verified. */
  #allowSending(configurationSet: ConfigurationSet): void {
    const stack = Stack.of(this);
    const arnOf = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    const fn = this.sender.function;
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
