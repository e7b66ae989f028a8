import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import { failedQueue, StreamConsumer } from '../constructs/stream-consumer.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { statusEventAlarms } from './status-event-alarms.ts';

/**
 * The function waits as long for EventBridge to take something again. With the attempts below that is more than the six
 * hours after which a record is given up, so they end only what fails at once, whatever is tried: in minutes, not hours,
 * during which its shard would stand still.
 */
const PUBLISH_TIMEOUT = Duration.minutes(5);
const MOST_ATTEMPTS = 100;

export interface StatusEventsProps {
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly logRetention: RetentionDays;
  readonly maxConcurrency: number | undefined;
}

/**
 * Publishes what changes in the two tables to an event bus, for whoever puts rules on it. It is the second reader of each
 * stream, and the last: more than two at a shard are throttled (DynamoDB guide, Streams).
 */
export class StatusEvents extends Construct {
  readonly bus: EventBus;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: StatusEventsProps) {
    super(scope, id);
    const { emailStatus, suppressions, ...common } = props;
    this.bus = new EventBus(this, 'Bus', { description: 'Changed statuses of emails, and changed suppressions' });
    const publisher = new MailtrailFunction(this, 'PublishStatusEvents', {
      ...common,
      name: 'publish-status-events',
      environment: { EVENT_BUS: this.bus.eventBusName },
      timeout: PUBLISH_TIMEOUT,
    });
    const { function: consumer } = publisher;
    consumer.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }));

    const failed = failedQueue(this);
    this.alarms = statusEventAlarms(failed, publisher);
    const reading = {
      ...{ consumer, failed },
      ...{ batchSize: 100, reportsFailures: true, retryAttempts: MOST_ATTEMPTS },
    };
    new StreamConsumer(this, 'Emails', { ...reading, table: emailStatus.table, batchingWindow: Duration.seconds(5) });
    new StreamConsumer(this, 'Suppressions', {
      ...reading,
      table: suppressions.table,
      batchingWindow: Duration.seconds(1),
    });
  }
}
