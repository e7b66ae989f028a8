import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpec } from '../constructs/alarm-spec.ts';
import type { Erasure } from './erasure.ts';

/** The erasing of people with what can be watched of it. */
export type AlarmedErasure = Pick<Erasure, 'failed'>;

export const erasureAlarms = ({ failed }: AlarmedErasure): Readonly<Record<string, AlarmSpec>> => ({
  ErasingFailed: {
    metric: failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    most: 0,
    description:
      'What is kept of somebody who is to be erased could not be deleted, five times over: it is still there, or part of it. The request is kept for 14 days. Look in the log of delete-emails for "not erased", mend the cause, then run "npm run redrive": it goes on where it stopped.',
  },
});
