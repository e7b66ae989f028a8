import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';

/** A failure that is answered is among the API's own (QueryErrors); these are those that could not even be answered. */
export const publicLinkAlarms = ({
  unsubscriber,
  readTracker,
}: Readonly<Record<'unsubscriber' | 'readTracker', MailtrailFunction>>): AlarmSpecs => ({
  UnsubscribeErrors: {
    metric: crashes(unsubscriber),
    most: 0,
    description:
      'The function unsubscribe-recipient crashed or ran out of time, so somebody who wants no more email could not leave by the link in it, and the law gives the club days at most. Its log says why. Who could not leave is told to answer the email: look into that mailbox, and suppress them by hand (PUT /v1/suppressions/{email}). After a deploy: deploy the version before again.',
  },
  ReadErrors: {
    metric: crashes(readTracker),
    most: 0,
    description:
      'The function track-read crashed or ran out of time, so some emails that were read do not say so. Nothing else is wrong with them, and their readers notice nothing. Its log says why. After a deploy: deploy the version before again.',
  },
});

const crashes = ({ function: fn }: MailtrailFunction) =>
  fn.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) });
