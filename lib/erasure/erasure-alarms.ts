import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';

/** What is watched of erasing: the requests that could not be carried out. */
export const erasureAlarms = (failed: Queue): AlarmSpecs => ({
  ErasingFailed: {
    metric: failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    most: 0,
    description:
      'What is kept of somebody who is to be erased could not be deleted, five times over: it is still there, or part of it. The request is kept for 14 days. Look in the log of delete-emails for "not erased", mend the cause, then run "npm run redrive": it goes on where it stopped.',
  },
});
