import { CfnOutput, Duration } from 'aws-cdk-lib';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { Settings } from '../settings/settings.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { ErasuresTable } from '../tables/erasures-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { EventPipeline } from './event-pipeline.ts';
import { EVENT_TOPICS, type EventTopic } from './event-topics.ts';

/** Bounds how long a batch may take; a usual one is done in a second. */
const RECORD_TIMEOUT = Duration.seconds(30);

export interface RecordingProps {
  readonly configurationSet: ConfigurationSet;
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly erasures: ErasuresTable;
  readonly settings: Settings;
}

/** What SES tells: for each topic its queues and the function that records. They stand in `scope` itself, by their own names. */
export const recordEvents = (
  scope: Construct,
  { configurationSet, emailStatus, suppressions, erasures, settings }: RecordingProps,
): readonly AlarmedTopic[] => {
  const { maxConcurrency, logRetentionDays: logRetention } = settings;
  const watched: AlarmedTopic[] = [];
  for (const feed of EVENT_TOPICS) {
    const recorder = new MailtrailFunction(scope, pascalCase(feed.recorder), {
      name: feed.recorder,
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        ERASURES_TABLE: erasures.table.tableName,
        RETENTION_DAYS: String(settings.retentionDays),
        ...(feed.suppresses && { SUPPRESSIONS_TABLE: suppressions.table.tableName }),
        ...(feed.looksBack && softBounceRule(settings)),
        ...(feed.hasLinks && { CLICKED_LINKS: settings.clickedLinks }),
      },
      timeout: RECORD_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    emailStatus.grantRecord(recorder.function);
    erasures.grantRead(recorder.function);
    if (feed.suppresses) suppressions.grantSuppress(recorder.function);
    if (feed.looksBack) emailStatus.grantLookBack(recorder.function);
    const legacyIdentities = feed.legacy ? settings.legacyIdentities : [];
    const queues = new EventPipeline(scope, feed.id, {
      configurationSet,
      events: feed.events,
      consumer: recorder.function,
      consumerTimeout: RECORD_TIMEOUT,
      // Lambda wants what is reserved to cover what its queue may take.
      concurrency: Math.min(feed.concurrency, maxConcurrency ?? feed.concurrency),
      legacyIdentities,
    });
    watched.push({ feed, queues, recorder });
    if (legacyIdentities.length > 0) {
      const description = `Where an identity publishes its ${feed.id.toLowerCase()} notifications`;
      new CfnOutput(scope, `${feed.id}TopicArn`, { value: queues.topic.topicArn, description });
    }
  }
  return watched;
};

const softBounceRule = ({ softBounces: { bounces, hours, days } }: Settings) => ({
  SOFT_BOUNCES: String(bounces),
  SOFT_BOUNCE_HOURS: String(hours),
  SOFT_BOUNCE_DAYS: String(days),
});

const pascalCase = (name: string): string => name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

/** A feed with what can be watched of it. */
export type AlarmedTopic = Readonly<{ feed: EventTopic; queues: EventPipeline; recorder: MailtrailFunction }>;
