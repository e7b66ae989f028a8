import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';

/** What is watched of the API. @param serverErrors its answers with 500 and above */
export const apiAlarms = (serverErrors: Metric): AlarmSpecs => ({
  QueryErrors: {
    metric: serverErrors.with({ statistic: Stats.SUM, period: Duration.minutes(5) }),
    most: 0,
    description:
      'The API failed to answer, so front ends show no status, or a person who wants to unsubscribe could not. Nothing is lost: recording continues without it, and mail that could not be accepted is completed by the same request again. Look for "request failed" in the logs of query-status, accept-mail, unsubscribe-recipient, erase-recipient and explain-statuses; its code and error give the reason. A single such answer is worth a look; many mean that the API is down.',
  },
});
