import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpec } from '../constructs/alarm-spec.ts';
import type { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { StreamConsumer } from '../constructs/stream-consumer.ts';
import { type AlarmedErasure, erasureAlarms } from '../erasure/erasure-alarms.ts';
import { type AlarmedPublicLinks, publicLinkAlarms } from '../public-links/public-link-alarms.ts';
import type { EventPipeline } from '../recording/event-pipeline.ts';
import type { AlarmedTopic } from '../recording/recording.ts';
import { type AlarmedSendEmail, sendEmailAlarms } from '../sending/send-email-alarms.ts';
import { type AlarmedSendingQueues, sendingQueueAlarms } from '../sending/sending-queue-alarms.ts';
import { type AlarmedSweep, sweepAlarms } from '../sending/sweep-alarms.ts';
import { type AlarmedStatusEvents, statusEventAlarms } from '../status-events/status-event-alarms.ts';
import type { SuppressionSync } from '../suppression-sync/suppression-sync.ts';
import { feedbackAlarms } from './feedback-alarms.ts';
import { BOUNCE_LIMIT, bounceRate, COMPLAINT_LIMIT, complaintRate, LEAST_DELIVERED } from './rates.ts';
import { unrecordedSends } from './unrecorded-sends.ts';

/** The counting of campaigns with what can be watched of it. */
export type AlarmedCampaignCounts = Readonly<{ queues: StreamConsumer; counter: MailtrailFunction }>;

/** What can be watched of SES's suppression list and ours being kept in step. */
export type AlarmedSuppressionSync = Pick<SuppressionSync, 'mirror' | 'planner' | 'importer'>;

export interface AlarmsProps {
  readonly topic: ITopic;
  readonly feeds: readonly AlarmedTopic[];
  readonly counting: AlarmedCampaignCounts;
  readonly suppressions: AlarmedSuppressionSync;
  readonly erasing: AlarmedErasure;
  readonly links: AlarmedPublicLinks;
  readonly sender: AlarmedSendEmail;
  readonly sending: AlarmedSendingQueues;
  readonly advancing: AlarmedSweep;
  /** Only where changes are published. */
  readonly statusEvents: AlarmedStatusEvents | undefined;
  /** Answers of the API with 500 and above. */
  readonly serverErrors: Metric;
  /** What SES took, by its own count. */
  readonly sends: Metric;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** Everything that somebody should be told of, and what to do about each. More in docs/operating.md. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly #topic: ITopic;

  constructor(scope: Construct, id: string, { topic, serverErrors, sends, ...props }: AlarmsProps) {
    const { feeds, counting, suppressions, erasing, links, sender, sending, advancing, statusEvents } = props;
    super(scope, id);
    this.#topic = topic;
    for (const watched of feeds) this.#watch(watched);
    this.#watchCounting(counting);
    this.#watchSuppressions(suppressions);
    const others = {
      ...erasureAlarms(erasing),
      ...publicLinkAlarms(links),
      ...feedbackAlarms(this),
      ...sendingQueueAlarms(sending),
      ...sendEmailAlarms(this, sender),
      ...sweepAlarms(this, advancing),
      ...(statusEvents && statusEventAlarms(statusEvents)),
    };
    for (const [alarm, watch] of Object.entries(others)) this.#add(alarm, watch);
    this.#add('QueryErrors', {
      metric: serverErrors.with({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      most: 0,
      description:
        'The API failed to answer, so front ends show no status, or somebody who wants to unsubscribe could not. Nothing is lost: recording goes on without it, and mail that could not be accepted is completed by the same request again. Look for "request failed" in the logs of query-status, accept-mail, unsubscribe-recipient, erase-recipient and explain-statuses; its code and error say why. Once is worth a look, again and again means that the API is down.',
    });
    this.#add('BounceRate', {
      metric: bounceRate(this),
      most: BOUNCE_LIMIT,
      description: `In the last 24 hours more than ${BOUNCE_LIMIT} % of the emails bounced hard (of at least ${LEAST_DELIVERED} delivered; simulator mail left out). Amazon reviews accounts from 5 % and may stop them from 10 %. Stop the mailing that is running, find the bounced addresses and where they came from (an old list?), take them out, and send again only then.`,
    });
    this.#add('ComplaintRate', {
      metric: complaintRate(this),
      most: COMPLAINT_LIMIT,
      description: `In the last 24 hours more than ${COMPLAINT_LIMIT} % of the emails were reported as spam (of at least ${LEAST_DELIVERED} delivered; simulator mail left out). Amazon reviews accounts from 0.1 % and may stop them from 0.5 %. Find out which mailing it was and whether its recipients asked for it; make leaving easy; do not send it again.`,
    });
    this.#add('NothingRecorded', {
      metric: unrecordedSends(this, sends),
      most: 0,
      // The newest datapoint of a difference always has the one before it, where there are two.
      among: 2,
      description:
        'Email is sent with the configuration set, but no event of it was recorded for 30 minutes: statuses stand still, and bounces suppress nobody. Look at the other alarms first; then whether the configuration set still has its event destinations and the record-delivery function still reads its queue. What waits in queues is recorded afterwards; what SES could not publish is lost.',
    });
  }

  #watch({ feed: { id, recorder }, queues, recorder: { function: fn } }: AlarmedTopic): void {
    const topic = id.toLowerCase();
    const lying = (queue: EventPipeline['failed']) =>
      queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: MINUTE });
    this.#add(`${id}Failed`, {
      metric: lying(queues.failed),
      most: 0,
      description: `Events of the ${topic} topic could not be recorded, five times over, so some emails lack a status${feedLoss(id)}. They are kept for 14 days. Look in the log of ${recorder} for "unreadable record" and "write failed", mend the cause, then run "npm run redrive".`,
    });
    this.#add(`${id}Undelivered`, {
      metric: lying(queues.undelivered),
      most: 0,
      description: `SNS could not hand events of the ${topic} topic to their queue, so some emails lack a status${feedLoss(id)}. They are kept for 14 days. Somebody probably changed the queue or its policy: deploy again, then run "npm run redrive".`,
    });
    this.#add(`${id}Late`, {
      metric: queues.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: MINUTE }),
      most: 300,
      description: `Events of the ${topic} topic wait for more than 5 minutes, so statuses are behind. In a flood that passes by itself. Otherwise see whether ${recorder} fails or is throttled, or DynamoDB holds it up. Nothing is lost for 7 days. A single event that cannot be recorded does this too, until it lies in the dead-letter queue.`,
    });
    this.#add(`${id}Errors`, {
      metric: fn.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      most: 0,
      description: `The function ${recorder} crashed or ran out of time, so events of the ${topic} topic are late. They are tried again, five times in all. Its log says why. After a deploy: deploy the version before again.`,
    });
  }

  #watchCounting({ queues, counter }: AlarmedCampaignCounts): void {
    this.#add('CountingFailed', {
      metric: queues.failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: MINUTE }),
      most: 0,
      description:
        'Changes of emails could not be counted for six hours and were given up, so the numbers of some campaigns are too low. Statuses are right. Look in the log of count-statuses for "count failed" and mend the cause, then run "npm run recount" for the campaigns of those hours; docs/operating.md says how to empty the queue.',
    });
    this.#add('CountingErrors', {
      metric: counter.function.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      // One batch comes again in halves by itself; more of them means that something is broken.
      most: 5,
      description:
        'The function count-statuses fails again and again, so the numbers of campaigns stand still. Statuses are right, and nothing is lost for six hours. Its log says why: look for "count failed". After a deploy: deploy the version before again.',
    });
  }

  #watchSuppressions({ mirror, planner, importer }: AlarmedSuppressionSync): void {
    this.#add('MirrorFailed', {
      metric: mirror.failed.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: MINUTE }),
      most: 0,
      description:
        'Addresses could not be put on SES\'s suppression list or taken off it, five times over: SES goes on sending to somebody it should not, or refuses somebody it should not. They are kept for 14 days. Look in the log of mirror-suppressions for "not mirrored"; docs/operating.md says what each error asks for. Then run "npm run redrive".',
    });
    this.#add('MirrorErrors', {
      metric: planner.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      // One batch comes again in halves by itself; more of them means that something is broken.
      most: 5,
      description:
        "The function queue-suppressions fails again and again, so SES's suppression list does not follow what is suppressed and lifted. Nothing is lost: the stream keeps it for a day, and the look of the next night finds the rest. Its log says why. After a deploy: deploy the version before again.",
    });
    this.#add('ImportErrors', {
      metric: importer.metricErrors({ statistic: Stats.SUM, period: FIVE_MINUTES }),
      most: 0,
      description:
        'The import of SES\'s suppression list failed, so Mailtrail may not know of addresses that SES refuses. It is tried twice more by itself, and goes on where it stopped. If it fails every night, look in the log of import-suppressions, mend the cause, and run "npm run import-suppressions".',
    });
  }

  #add(id: string, { metric, most, among = 1, description }: AlarmSpec): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: most,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: among,
      datapointsToAlarm: 1,
      // An idle queue and a function that nobody calls have no values at all.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    this.all.push(alarm);
  }
}

const feedLoss = (id: string): string =>
  id === 'Bounce' || id === 'Complaint' ? ', and addresses that should be suppressed are not' : '';
