import { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { filled, latency } from '../constructs/metrics.ts';

/** Half of the time without any record that is too long. */
const PERIOD = Duration.minutes(15);

/**
 * 1 where email was sent in the quarter of an hour before the last, and neither in that nor in the last one was anything
 * of the delivery topic recorded; else 0.
 *
 * Of the quarter before, because an email sent in the last second of a period is recorded in the next: comparing sent and
 * recorded of one period would cry wolf after every quiet night. The value before is `x - DIFF(x)`. Of the delivery topic,
 * because Send comes by it: opens of old mail must not hide that nothing new arrives.
 */
export const unrecordedSends = (scope: Construct, sends: Metric): MathExpression =>
  new MathExpression({
    expression: 'IF(sent - DIFF(sent) > 0 AND stored + stored - DIFF(stored) < 1, 1, 0)',
    usingMetrics: {
      sent: filled('sends', sends, PERIOD),
      stored: filled('records', latency(scope, 'record-delivery', Stats.SAMPLE_COUNT), PERIOD),
    },
    period: PERIOD,
    label: 'sent, and nothing recorded',
  });
