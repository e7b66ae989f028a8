import { Duration } from 'aws-cdk-lib';
import type { ConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { FunctionEnvironments } from '../constructs/function-environments.ts';
import { MailtrailFunction } from '../constructs/mailtrail-function.ts';
import type { Settings } from '../settings/settings.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import type { ErasuresTable } from '../tables/erasures-table.ts';
import type { SuppressionsTable } from '../tables/suppressions-table.ts';
import { EventPipeline } from './event-pipeline.ts';
import { EVENT_TOPICS, type EventTopic, type RecorderName } from './event-topics.ts';
import { feedbackAlarms } from './feedback-alarms.ts';
import { topicAlarms } from './topic-alarms.ts';

/** Bounds how long a batch may take; a usual one takes a second. */
const RECORD_TIMEOUT = Duration.seconds(30);

export interface RecordingProps {
  readonly configurationSet: ConfigurationSet;
  readonly emailStatus: EmailStatusTable;
  readonly suppressions: SuppressionsTable;
  readonly erasures: ErasuresTable;
  readonly settings: Settings;
}

/** One topic of SES events with its pipeline and the function that records them. */
export type RecordedTopic = Readonly<{ topic: EventTopic; pipeline: EventPipeline; recorder: MailtrailFunction }>;

/** Records what SES reports: for each event topic an SNS topic, its queues, and a function that writes to the tables. */
export class Recording extends Construct {
  readonly topics: readonly RecordedTopic[];
  /** The topics that legacy notifications may be published to, by their ids. */
  readonly legacyTopics: Readonly<Record<string, ITopic>>;
  readonly alarms: AlarmSpecs;

  constructor(scope: Construct, id: string, props: RecordingProps) {
    super(scope, id);
    const topics: RecordedTopic[] = [];
    for (const topic of EVENT_TOPICS) {
      const recorded = this.#record(topic, props);
      // SES takes one call a second that creates an event destination, so CloudFormation creates one after the other.
      const before = topics.at(-1)?.pipeline.destination;
      if (before !== undefined) recorded.pipeline.destination.node.addDependency(before);
      topics.push(recorded);
    }
    this.topics = topics;
    const opened = topics.filter(({ topic: { legacy } }) => legacy && props.settings.legacyIdentities.length > 0);
    this.legacyTopics = Object.fromEntries(opened.map(({ topic: { id }, pipeline }) => [id, pipeline.topic]));
    this.alarms = Object.assign(
      feedbackAlarms(this),
      ...topics.map(({ topic, pipeline, recorder }) => topicAlarms(topic, pipeline, recorder)),
    );
  }

  #record(topic: EventTopic, { configurationSet, emailStatus, suppressions, erasures, settings }: RecordingProps) {
    const { maxConcurrency, logRetentionDays: logRetention } = settings;
    const recorder = new MailtrailFunction(this, pascalCase(topic.recorder), {
      name: topic.recorder,
      environment: environments(emailStatus, suppressions, erasures, settings)[topic.recorder],
      timeout: RECORD_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    emailStatus.grantRecord(recorder.function);
    erasures.grantRead(recorder.function);
    if (topic.suppresses) suppressions.grantSuppress(recorder.function);
    if (topic.looksBack) emailStatus.grantLookBack(recorder.function);
    const pipeline = new EventPipeline(this, topic.id, {
      configurationSet,
      events: topic.events,
      consumer: recorder.function,
      consumerTimeout: RECORD_TIMEOUT,
      // Lambda requires the reserved concurrency to cover the mapping's maximum.
      concurrency: Math.min(topic.concurrency, maxConcurrency ?? topic.concurrency),
      legacyIdentities: topic.legacy ? settings.legacyIdentities : [],
    });
    return { topic, pipeline, recorder };
  }
}

/** The environments of the record functions. */
const environments = (
  emailStatus: EmailStatusTable,
  suppressions: SuppressionsTable,
  erasures: ErasuresTable,
  { retentionDays, softBounces: { bounces, hours, days }, clickedLinks }: Settings,
): Pick<FunctionEnvironments, RecorderName> => {
  const recording = {
    EMAIL_STATUS_TABLE: emailStatus.table.tableName,
    ERASURES_TABLE: erasures.table.tableName,
    RETENTION_DAYS: String(retentionDays),
  };
  const suppressing = { ...recording, SUPPRESSIONS_TABLE: suppressions.table.tableName };
  const softBounceRule = {
    SOFT_BOUNCES: String(bounces),
    SOFT_BOUNCE_HOURS: String(hours),
    SOFT_BOUNCE_DAYS: String(days),
  };
  return {
    'record-delivery': recording,
    'record-bounce': { ...suppressing, ...softBounceRule },
    'record-complaint': suppressing,
    'record-open': recording,
    'record-click': { ...recording, CLICKED_LINKS: clickedLinks },
    'record-subscription': suppressing,
  };
};

const pascalCase = (name: string): string => name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
