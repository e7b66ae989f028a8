import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** What is watched of the two suppression lists being kept in step. */
export const suppressionSyncAlarms = (
  failed: Queue,
  { planner, importer }: Readonly<{ planner: IFunction; importer: IFunction }>,
): AlarmSpecs => ({
  MirrorFailed: {
    metric: failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    most: 0,
    description:
      'Addresses could not be put on SES\'s suppression list or taken off it in five tries: SES goes on sending to an address it should not, or rejects one it should not. They are kept for 14 days. Look in the log of mirror-suppressions for "not mirrored"; docs/operating.md explains each error. Then run "npm run redrive".',
  },
  MirrorErrors: {
    metric: planner.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
    // A batch that fails once comes again in halves by itself; more failures mean that something is broken.
    most: 5,
    description:
      "The function queue-suppressions keeps failing, so SES's suppression list does not follow what is suppressed and removed. Nothing is lost: the stream keeps it for a day, and the next nightly run finds the rest. Its log shows why. After a deployment: deploy the previous version again.",
  },
  ImportErrors: {
    metric: importer.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
    most: 0,
    description:
      'The import of SES\'s suppression list failed, so Mailtrail may not have addresses that SES rejects. It is tried twice more by itself, and continues where it stopped. If it fails every night, look in the log of import-suppressions, fix the cause, and run "npm run import-suppressions".',
  },
});
