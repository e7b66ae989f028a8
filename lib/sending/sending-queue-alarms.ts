import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpec } from '../constructs/alarm-spec.ts';
import type { QueueWithDeadLetters, SendingQueues } from './sending-queues.ts';

/** What can be watched of sending. */
export type AlarmedSendingQueues = Pick<SendingQueues, 'emailsToSend' | 'messagesToSend' | 'campaignsToAdvance'>;

/** What somebody should be told of sending, by the alarms' names. */
export const sendingQueueAlarms = ({
  emailsToSend,
  messagesToSend,
  campaignsToAdvance,
}: AlarmedSendingQueues): Readonly<Record<string, AlarmSpec>> => ({
  SendingFailed: {
    metric: lying(emailsToSend),
    most: 0,
    description:
      'Emails of campaigns could not be sent or given up, five times over, so they stay queued. Their ids are kept for 14 days. Look in the log of send-email, mend the cause, then run "npm run redrive": an email that was sent after all is not sent again.',
  },
  MessagesFailed: {
    metric: lying(messagesToSend),
    most: 0,
    description:
      'Single messages could not be sent or given up, five times over, so they stay queued. Their ids are kept for 14 days. Look in the log of send-messages, mend the cause, then run "npm run redrive": an email that was sent after all is not sent again.',
  },
  AdvancingFailed: {
    metric: lying(campaignsToAdvance),
    most: 0,
    description:
      'A campaign could not be started or ended, five times over: it waits, or shows statuses that are not final. What is to be done is kept for 14 days. Look in the log of advance-campaigns, mend the cause, then run "npm run redrive".',
  },
});

const lying = ({ failed }: QueueWithDeadLetters) =>
  failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
