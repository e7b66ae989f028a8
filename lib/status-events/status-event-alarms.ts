import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';

/** What is watched of publishing changes: what was given up, and the delay. */
export const statusEventAlarms = (failed: Queue, publisher: MailtrailFunction): AlarmSpecs => ({
  StatusEventsFailed: {
    metric: failed.metricApproximateNumberOfMessagesVisible({
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(1),
    }),
    most: 0,
    description:
      'Changes of statuses or suppressions were not published to the event bus and were given up, so whoever listens there has not heard of them. Statuses and suppressions themselves are right. Look in the log of publish-status-events for "not published"; docs/events.md says what each error asks for and how receivers catch up. Then empty the queue.',
  },
  StatusEventsLate: {
    metric: publisher.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
    // Milliseconds.
    most: 15 * 60_000,
    description:
      'Changes of statuses or suppressions are published to the event bus more than a quarter of an hour late, so whoever listens there is behind. Statuses and suppressions themselves are right. In a flood that passes by itself. Otherwise look in the log of publish-status-events for "not published" and mend the cause. Nothing is lost for six hours.',
  },
});
