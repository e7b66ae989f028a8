import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import { processedEmails } from '../constructs/metrics.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** What keeps emails from being sent. What SES refuses of single emails stands on each of them. */
export const sendEmailAlarms = (
  scope: Construct,
  { emails, messages }: Readonly<Record<'emails' | 'messages', MailtrailFunction>>,
): AlarmSpecs => ({
  SendingErrors: {
    metric: emails.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
    most: 0,
    description: `The function that sends the emails of campaigns (send-email) ${CRASHED}`,
  },
  MessagesErrors: {
    metric: messages.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
    most: 0,
    description: `The function that sends single messages (send-messages) ${CRASHED}`,
  },
  SendingHeld: {
    metric: processedEmails(scope, 'held', { period: FIVE_MINUTES }),
    most: 0,
    description:
      'Amazon SES takes no email from this account, so all mail waits as "queued"; nothing is lost. The logs of send-email and send-messages say why, in the warning "held": AccountPaused, SendingPausedException or AccountSuspendedException mean that Amazon or somebody here stopped sending (SES console, Account dashboard; look for an email from Amazon); AccessDeniedException that the function may not send. Once SES takes email again, all of it goes out by itself within 15 minutes.',
  },
  SendingDepleted: {
    metric: processedEmails(scope, 'depleted', { period: FIVE_MINUTES }),
    most: 0,
    description:
      'The account\'s sending quota for 24 hours is used up, but for the part that is kept for single messages (setting messageQuota). What is left waits as "depleted" and goes out by itself as the quota comes back; what waits for more than 24 hours expires. See the SES console, Account dashboard, for the quota and ask Amazon for a higher one, or spread mailings over days.',
  },
  OutcomeUnknown: {
    metric: processedEmails(scope, 'unknown', { period: FIVE_MINUTES }),
    // One answer in a thousand may get lost; more means that something is broken.
    most: 10,
    description:
      'Amazon SES did not answer again and again, so nobody knows whether those emails were sent. (A worker that is killed is not counted here: the alarm EmailsInDoubt reports its emails, ten at most.) They stay "sending"; what SES reports later becomes "sent", and the rest "failed_sending" with the reason "outcome unknown" after 15 minutes. See the AWS Health dashboard. When it is over, look at a few of them, and send again those that did not arrive: POST /v1/campaigns/{campaignId}/resend.',
  },
});

/** A batch has ten emails: lib/sending/send-email.ts. */
const CRASHED =
  'crashed or ran out of time. It had up to ten emails. Of those it had begun to hand to Amazon SES nobody knows the outcome: they stay "sending" and after 15 minutes become "failed_sending" with the reason "outcome unknown", unless SES reports them. The others are sent later. Its log says why. After a deploy: deploy the version before again.';
