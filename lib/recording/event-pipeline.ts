import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ConfigurationSetEventDestination,
  type EmailSendingEvent,
  EventDestination,
  type IConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Longest an event waits for others to be recorded with. Somebody may be looking at the status meanwhile. */
const BATCHING_WINDOW = Duration.seconds(1);

export interface EventPipelineProps {
  readonly configurationSet: IConfigurationSet;
  readonly events: readonly EmailSendingEvent[];
  readonly consumer: IFunction;
  readonly consumerTimeout: Duration;
  /** Batches consumed at once. */
  readonly concurrency: number;
  /** SES identities that may publish their legacy notifications to the topic: domains and addresses. */
  readonly legacyIdentities: readonly string[];
}

/**
 * Carries some SES events from a configuration set, through their own topic and queue, to one function.
 *
 * Three queues, because there are two ways to lose an event: SNS cannot hand it to the queue, or the function fails on
 * it until SQS gives up.
 */
export class EventPipeline extends Construct {
  readonly topic: Topic;
  /** What makes SES publish to the topic. */
  readonly destination: ConfigurationSetEventDestination;
  readonly queue: Queue;
  /** Holds what the function failed on. */
  readonly failed: Queue;
  /** Holds what SNS could not hand to the queue. */
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, props: EventPipelineProps) {
    super(scope, id);
    this.topic = this.createTopic(props.legacyIdentities);
    // Brings the right to publish, for this account's SES and this configuration set only.
    this.destination = new ConfigurationSetEventDestination(this, 'Destination', {
      configurationSet: props.configurationSet,
      events: [...props.events],
      destination: EventDestination.snsTopic(this.topic),
    });
    // SQS encrypts with its own key, at no cost.
    const queueDefaults = { enforceSSL: true, encryption: QueueEncryption.SQS_MANAGED };
    // The most SQS takes: time for a person to find out why.
    const deadLetters = { ...queueDefaults, retentionPeriod: Duration.days(14) };

    this.failed = new Queue(this, 'Failed', deadLetters);
    this.queue = new Queue(this, 'Queue', {
      ...queueDefaults,
      // Below a dead-letter queue's: SQS goes on counting from when the event first came.
      retentionPeriod: Duration.days(7),
      // At least six times the function's timeout and the window (Lambda guide, services-sqs-configure), so that no
      // batch comes a second time while Lambda still tries the first.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeout.toSeconds() + BATCHING_WINDOW.toSeconds()),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 5 },
    });
    // SNS drops at once what a queue's policy or absence refuses, unless it has this one.
    this.undelivered = new Queue(this, 'Undelivered', deadLetters);
    Validations.of(this.undelivered).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself, of an SNS subscription; cdk-nag knows only those of queues.',
    });
    // In SNS's envelope, not raw: its Timestamp says when the event arrived, and stays the same in repeats and redrives.
    this.topic.addSubscription(new SqsSubscription(this.queue, { deadLetterQueue: this.undelivered }));
    props.consumer.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 100,
        maxBatchingWindow: BATCHING_WINDOW,
        maxConcurrency: props.concurrency,
        reportBatchItemFailures: true,
      }),
    );
  }

  private createTopic(legacyIdentities: readonly string[]): Topic {
    // Not encrypted at rest: SES cannot use the key AWS manages for SNS, and a customer key costs more a month than a
    // small club's whole stack, while one wrong word in its policy stops every event. A topic keeps nothing once the
    // queue, which is encrypted, has it.
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    if (legacyIdentities.length > 0) {
      const { account } = Stack.of(this);
      const arns = legacyIdentities.map((resourceName) =>
        Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName }),
      );
      topic.addToResourcePolicy(
        new PolicyStatement({
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          principals: [new ServicePrincipal('ses.amazonaws.com')],
          conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': arns } },
        }),
      );
    }
    return topic;
  }
}
