import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import { BOUNCE_LIMIT, bounceRate, COMPLAINT_LIMIT, complaintRate, LEAST_DELIVERED } from './rates.ts';
import { unrecordedSends } from './unrecorded-sends.ts';

/**
 * What is watched of the mail itself: the rates by which Amazon reviews accounts, and emails of which no event arrives.
 * @param sends emails that SES accepted, by its own count
 */
export const mailAlarms = (scope: Construct, sends: Metric): AlarmSpecs => ({
  BounceRate: {
    metric: bounceRate(scope),
    most: BOUNCE_LIMIT,
    description: `In the last 24 hours more than ${BOUNCE_LIMIT} % of the emails bounced hard (of at least ${LEAST_DELIVERED} delivered; simulator mail left out). Amazon reviews accounts from 5 % and may pause them from 10 %. Stop the mailing that is running, find the bounced addresses and where they came from (an old list?), take them out, and send again only then.`,
  },
  ComplaintRate: {
    metric: complaintRate(scope),
    most: COMPLAINT_LIMIT,
    description: `In the last 24 hours more than ${COMPLAINT_LIMIT} % of the emails were reported as spam (of at least ${LEAST_DELIVERED} delivered; simulator mail left out). Amazon reviews accounts from 0.1 % and may pause them from 0.5 %. Find out which mailing it was and whether its recipients asked for it; make unsubscribing easy; do not send it again.`,
  },
  NothingRecorded: {
    metric: unrecordedSends(scope, sends),
    most: 0,
    // The newest datapoint of a difference always has the one before it, where there are two.
    among: 2,
    description:
      'Email is sent with the configuration set, but no event of it was recorded for 30 minutes: statuses stand still, and bounces suppress nobody. Look at the other alarms first; then whether the configuration set still has its event destinations and the record-delivery function still reads its queue. What waits in queues is recorded afterwards; what SES could not publish is lost.',
  },
});
