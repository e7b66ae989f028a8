import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { sendingQueueAlarms } from './sending-queue-alarms.ts';

/** What a batch of emails may take: each waits for its place in the send rate. */
export const SEND_TIMEOUT = Duration.seconds(60);
/** What one step of a campaign may take; what is left is gone on with by a message of its own. */
export const ADVANCE_TIMEOUT = Duration.seconds(30);

/** A queue with what its consumer gave up on five times. */
export class QueueWithDeadLetters extends Construct {
  readonly queue: Queue;
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { consumerTimeout }: Readonly<{ consumerTimeout: Duration }>) {
    super(scope, id);
    const common = { enforceSSL: true, encryption: QueueEncryption.SQS_MANAGED };
    // A message's age goes on in the dead-letter queue: that one must keep it longer (SQS guide, sqs-dead-letter-queues).
    this.failed = new Queue(this, 'Failed', { ...common, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      retentionPeriod: Duration.days(7),
      // Lambda guide, services-sqs-configure.
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
  }

  /** Lets a function put work in. */
  grantSend(who: IGrantable): void {
    who.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
    );
  }

  /** Lets a function put work in and see how much there is. */
  grantRefill(who: IGrantable): void {
    this.grantSend(who);
    who.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources: [this.queue.queueArn] }),
    );
  }
}

/** The queues of sending. Their messages hold ids; only that of a resend may hold the addresses it was asked for. */
export class SendingQueues extends Construct {
  /** An email of a campaign a message. Versions before put single messages into it too. */
  readonly emailsToSend: QueueWithDeadLetters;
  /** A single message a message: it does not wait behind the emails of campaigns. */
  readonly messagesToSend: QueueWithDeadLetters;
  /** What is to be done about a campaign. */
  readonly campaignsToAdvance: QueueWithDeadLetters;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.emailsToSend = new QueueWithDeadLetters(this, 'EmailsToSend', { consumerTimeout: SEND_TIMEOUT });
    this.messagesToSend = new QueueWithDeadLetters(this, 'MessagesToSend', { consumerTimeout: SEND_TIMEOUT });
    this.campaignsToAdvance = new QueueWithDeadLetters(this, 'CampaignsToAdvance', {
      consumerTimeout: ADVANCE_TIMEOUT,
    });
    this.alarms = sendingQueueAlarms({
      emailsToSend: this.emailsToSend.failed,
      messagesToSend: this.messagesToSend.failed,
      campaignsToAdvance: this.campaignsToAdvance.failed,
    });
  }
}
