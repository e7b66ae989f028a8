import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { EventPipeline } from './event-pipeline.ts';
import type { EventTopic } from './event-topics.ts';

const MINUTE = Duration.minutes(1);

/** What is watched of one topic: its dead letters, its delay, and its function's errors. */
export const topicAlarms = (
  { id, recorder, suppresses }: EventTopic,
  queues: Pick<EventPipeline, 'queue' | 'failed' | 'undelivered'>,
  { function: fn }: MailtrailFunction,
): AlarmSpecs => {
  const topic = id.toLowerCase();
  const loss = suppresses ? ', and addresses that should be suppressed are not' : '';
  return {
    [`${id}Failed`]: {
      metric: waiting(queues.failed),
      most: 0,
      description: `Events of the ${topic} topic could not be recorded in five tries, so some emails lack a status${loss}. They are kept for 14 days. Look in the log of ${recorder} for "unreadable record" and "write failed", fix the cause, then run "npm run redrive".`,
    },
    [`${id}Undelivered`]: {
      metric: waiting(queues.undelivered),
      most: 0,
      description: `SNS could not deliver events of the ${topic} topic to their queue, so some emails lack a status${loss}. They are kept for 14 days. The queue or its policy was probably changed by hand: deploy again, then run "npm run redrive".`,
    },
    [`${id}Late`]: {
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: MINUTE }),
      most: 300,
      description: `Events of the ${topic} topic have been waiting for more than 5 minutes, so statuses are behind. During a flood of events this passes by itself. Otherwise see whether ${recorder} fails or is throttled, or DynamoDB throttles it. Nothing is lost for 7 days. A single event that cannot be recorded causes this too, until it is in the dead-letter queue.`,
    },
    [`${id}Errors`]: {
      metric: fn.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      most: 0,
      description: `The function ${recorder} crashed or ran out of time, so events of the ${topic} topic are late. They are tried again, five times in all. Its log shows why. After a deployment: deploy the previous version again.`,
    },
  };
};

const waiting = (queue: Queue) =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: MINUTE });
