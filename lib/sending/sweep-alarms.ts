import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import { swept } from '../constructs/metrics.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** What is watched of sweeping: its failures, and emails of which nobody knows whether they were sent. */
export const sweepAlarms = (scope: Construct, sweeper: MailtrailFunction): AlarmSpecs => ({
  SweepingErrors: {
    metric: sweeper.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
    // One that fails is tried again by Lambda, and the next one does what it left.
    most: 2,
    description:
      'The function sweep-emails fails again and again: emails that wait for quota are not sent, those that got stuck while they were sent stay "sending", and lost messages of the queues are not replaced. Nothing is lost; the next sweep that succeeds finds them all. Its log says why. After a deploy: deploy the version before again.',
  },
  EmailsInDoubt: {
    metric: swept(scope, 'unknown', { period: FIVE_MINUTES }),
    most: 0,
    description:
      'For some emails nobody knows whether Amazon SES took them: a worker died, or an answer was lost, and for 15 minutes SES told nothing of them. They are now "failed_sending" with the reason "outcome unknown", and nothing sends them again by itself, since their recipients may have them. List them (GET /v1/campaigns/{campaignId}/recipients?status=failed_sending); to send them again: POST /v1/campaigns/{campaignId}/resend with that reason.',
  },
});
