import { type CfnElement, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './table-grant.ts';

export interface StreamConsumerProps {
  readonly table: TableV2;
  readonly consumer: IFunction;
  readonly batchSize: number;
  /** Longest a record waits for others. */
  readonly batchingWindow: Duration;
  /** Makes Lambda tell the shard, and hand a state from call to call. */
  readonly tumblingWindow?: Duration;
  /** The function says itself from which record of a batch on it failed. */
  readonly reportsFailures?: boolean;
  /** How often a batch is tried again, within the six hours; any number of times by default. */
  readonly retryAttempts?: number;
  /** The queue that is told of what is given up; one of its own by default. */
  readonly failed?: Queue;
}

/**
 * Carries what changes in a table to one function, each shard in order. A batch that fails comes again in halves, and what
 * still fails after six hours is given up, or its shard would wait for as long as the stream keeps records. A queue is told
 * where in the stream it stood.
 */
export class StreamConsumer extends Construct {
  /** Told where in the stream a batch stood that was given up. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { table, consumer } = props;
    const stream = table.tableStreamArn ?? '';
    this.failed = props.failed ?? failedQueue(this);
    allow(consumer, ['DescribeStream', 'GetRecords', 'GetShardIterator'], [stream]);
    // Lambda refuses a mapping without it, and it is asked for on all of a table's streams (Lambda guide, with-ddb).
    allow(consumer, ['ListStreams'], [`${table.tableArn}/stream/*`]);
    const logicalId = Stack.of(this).getLogicalId(table.node.defaultChild as CfnElement);
    if (consumer.role) {
      Validations.of(consumer.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/stream/*]`,
        reason:
          'Lambda asks for ListStreams on all streams of the table; they are this one table’s, and it only lists them.',
      });
    }
    consumer.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failed.queueArn] }));

    new EventSourceMapping(this, 'Mapping', {
      target: consumer,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      maxBatchingWindow: props.batchingWindow,
      ...(props.tumblingWindow && { tumblingWindow: props.tumblingWindow }),
      ...(props.reportsFailures && { reportBatchItemFailures: true }),
      ...(props.retryAttempts !== undefined && { retryAttempts: props.retryAttempts }),
      // Two batches of a shard at once would each take the other's for counted.
      parallelizationFactor: 1,
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: this.failed.queueArn }) },
    });
  }
}

/** A queue that is told where in a stream something stood that was given up. */
export const failedQueue = (scope: Construct): Queue => {
  const queue = new Queue(scope, 'Failed', {
    enforceSSL: true,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself, of a stream; cdk-nag knows only those of queues.',
  });
  return queue;
};
