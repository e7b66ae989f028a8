import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { EnvironmentOf } from '../constructs/function-environments.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { ErasuresTable } from '../tables/erasures-table.ts';
import type { MailingsTable } from '../tables/mailings-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { erasureAlarms } from './erasure-alarms.ts';

/** What is left undone after it is gone on with by a message of its own: tens of thousands of emails fit into it. */
const DELETE_TIMEOUT = Duration.minutes(1);

export interface ErasureProps {
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly erasures: ErasuresTable;
  readonly mailings: MailingsTable;
  /** For answers of the API. */
  readonly answerTimeout: Duration;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/**
 * Erases a person: a function that the API asks remembers it and queues the work, another one does it. There is a queue
 * between because a person may have any number of emails, and because the work is done twice, the second time later.
 */
export class Erasure extends Construct {
  /** Answers the API's route. */
  readonly handler: IFunction;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: ErasureProps) {
    super(scope, id);
    const { emailStatus, suppressions, erasures, mailings, answerTimeout, ...common } = props;
    const queueDefaults = { enforceSSL: true, encryption: QueueEncryption.SQS_MANAGED };
    const failed = new Queue(this, 'Failed', { ...queueDefaults, retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Queue', {
      ...queueDefaults,
      // Its messages name people who want to be forgotten; five tries with what is hidden between them take an hour.
      retentionPeriod: Duration.days(1),
      visibilityTimeout: Duration.seconds(6 * DELETE_TIMEOUT.toSeconds()),
      deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
    });

    const shared = {
      EMAIL_STATUS_TABLE: emailStatus.table.tableName,
      SUPPRESSIONS_TABLE: suppressions.table.tableName,
      ERASURE_QUEUE_URL: queue.queueUrl,
    };
    const create = <Name extends 'erase-recipient' | 'delete-emails'>(
      id: string,
      name: Name,
      timeout: Duration,
      environment: EnvironmentOf<Name>,
    ) => {
      const { function: fn } = new MailtrailFunction(this, id, { ...common, name, timeout, environment });
      fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
      return fn;
    };
    const remembered = { ...shared, ERASURES_TABLE: erasures.table.tableName };
    const handler = create('EraseRecipient', 'erase-recipient', answerTimeout, remembered);
    erasures.grantRemember(handler);
    emailStatus.grantCountOf(handler);
    suppressions.grantErase(handler);
    this.handler = handler;

    const contents = { ...shared, MAILINGS_TABLE: mailings.table.tableName };
    const worker = create('DeleteEmails', 'delete-emails', DELETE_TIMEOUT, contents);
    emailStatus.grantErase(worker);
    suppressions.grantEraseLate(worker);
    mailings.grantErase(worker);
    this.alarms = erasureAlarms(failed);
    // One person after the other, two at once: the least Lambda takes.
    worker.addEventSource(
      new SqsEventSource(queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
  }
}
