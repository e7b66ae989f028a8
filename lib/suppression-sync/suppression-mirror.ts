import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';

/** Calls go by the second, and an address may take several. */
export const MIRROR_TIMEOUT = Duration.seconds(60);

export interface MirrorConnections {
  readonly suppressions: SuppressionsTable;
  /** Reads the table's stream and says what there is to do. */
  readonly planner: IFunction;
  /** Does it. */
  readonly mirror: IFunction;
}

/**
 * Carries what changes in the Suppressions table to SES's account suppression list. There is a queue between, because SES
 * takes one call a second and an import brings thousands, more than a stream keeps for its day.
 */
export class SuppressionMirror extends Construct {
  readonly queue: Queue;
  /** What could not be mirrored. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fifo = {
      fifo: true,
      enforceSSL: true,
      encryption: QueueEncryption.SQS_MANAGED,
      // The most SQS takes: a million changes are twelve days' work.
      retentionPeriod: Duration.days(14),
    };
    this.failed = new Queue(this, 'Failed', fifo);
    this.queue = new Queue(this, 'Queue', {
      ...fifo,
      // Not six times the function's timeout: nothing else competes for one group, and while a failed message is hidden
      // the whole group waits. So an address that SES will not take holds the others up for a quarter of an hour.
      visibilityTimeout: Duration.seconds(3 * MIRROR_TIMEOUT.toSeconds()),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
  }

  /** Connects the table's stream to the function that fills the queue, and the queue to the one that empties it. */
  connect({ suppressions, planner, mirror }: MirrorConnections): void {
    suppressions.grantReadStream(planner);
    new EventSourceMapping(this, 'Changes', {
      target: planner,
      eventSourceArn: suppressions.table.tableStreamArn ?? '',
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      // What fails is tried until the stream forgets it, after a day; the nightly look finds the row then.
      bisectBatchOnError: true,
    });
    planner.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }));
    // A mapping of a FIFO queue takes no window. Two at once is the least Lambda takes; one group keeps it to one.
    mirror.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, maxConcurrency: 2, reportBatchItemFailures: true }),
    );
  }
}
