import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpec } from '../constructs/alarm-spec.ts';
import type { StatusEvents } from './status-events.ts';

/** What can be watched of changes being published. */
export type AlarmedStatusEvents = Pick<StatusEvents, 'failed' | 'publisher'>;

/** What somebody should be told of where changes are published. */
export const statusEventAlarms = ({ failed, publisher }: AlarmedStatusEvents): Readonly<Record<string, AlarmSpec>> => ({
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
