import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';

/** What is watched of the sending queues: their dead letters. @param of the dead-letter queue of each */
export const sendingQueueAlarms = ({
  emailsToSend,
  messagesToSend,
  campaignsToAdvance,
}: Readonly<Record<'emailsToSend' | 'messagesToSend' | 'campaignsToAdvance', Queue>>): AlarmSpecs => ({
  SendingFailed: {
    metric: waiting(emailsToSend),
    most: 0,
    description:
      'Emails of campaigns could not be sent or given up, five times over, so they stay queued. Their ids are kept for 14 days. Look in the log of send-email, mend the cause, then run "npm run redrive": an email that was sent after all is not sent again.',
  },
  MessagesFailed: {
    metric: waiting(messagesToSend),
    most: 0,
    description:
      'Single messages could not be sent or given up, five times over, so they stay queued. Their ids are kept for 14 days. Look in the log of send-messages, mend the cause, then run "npm run redrive": an email that was sent after all is not sent again.',
  },
  AdvancingFailed: {
    metric: waiting(campaignsToAdvance),
    most: 0,
    description:
      'A campaign could not be started or ended, five times over: it waits, or shows statuses that are not final. What is to be done is kept for 14 days. Look in the log of advance-campaigns, mend the cause, then run "npm run redrive".',
  },
});

const waiting = (queue: Queue) =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
