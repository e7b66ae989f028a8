import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ConfigurationSet, ConfigurationSetTlsPolicy, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { WatchedFeed } from './alarms.ts';
import { CampaignsTable } from './campaigns-table.ts';
import { EmailStatusTable } from './email-status-table.ts';
import { Erasing } from './erasing.ts';
import { ErasuresTable } from './erasures-table.ts';
import { EventFeed } from './event-feed.ts';
import { FEEDS } from './feeds.ts';
import { LinkSecret } from './link-secret.ts';
import { MailtrailFunction } from './mailtrail-function.ts';
import { PUBLIC_THROTTLES, PublicLinks } from './public-links.ts';
import { QueryApi } from './query-api.ts';
import type { Settings } from './settings.ts';
import { StatusEvents } from './status-events.ts';
import { StreamFeed } from './stream-feed.ts';
import { SuppressionSync } from './suppression-sync.ts';
import { SuppressionsTable } from './suppressions-table.ts';
import { Watching } from './watching.ts';

/** Bounds how long a batch may take; a usual one is done in a second. */
const RECORD_TIMEOUT = Duration.seconds(30);
/** The same for a batch of the stream. */
const COUNT_TIMEOUT = Duration.seconds(30);
/**
 * Below the 30 seconds after which API Gateway stops waiting, so that the function's own answer is the one that counts.
 * Most answers take milliseconds; an import of 1,000 suppressions is reckoned at 3 to 5 seconds.
 */
const QUERY_TIMEOUT = Duration.seconds(20);

export interface MailtrailStackProps {
  readonly settings: Settings;
}

/**
 * SES events → topics → queues → record functions → tables → query function → HTTP API, and the emails' table → stream →
 * count function → campaigns' table and, if wanted, → publish function → event bus; a function of the API → queue →
 * deletion of a person's emails; and what links in emails lead to. For any account and region.
 */
export class MailtrailStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: MailtrailStackProps) {
    super(scope, id, { description: 'Mailtrail: what happened to every email sent through Amazon SES' });
    const { trial, maxConcurrency, logRetentionDays: logRetention } = settings;
    const emailStatus = new EmailStatusTable(this, 'EmailStatus', { trial });
    const suppressions = new SuppressionsTable(this, 'Suppressions', { trial });
    const campaigns = new CampaignsTable(this, 'Campaigns', { trial });
    const erasures = new ErasuresTable(this, 'Erasures', { trial });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: settings.requireTls ? ConfigurationSetTlsPolicy.REQUIRE : ConfigurationSetTlsPolicy.OPTIONAL,
      ...(settings.trackingDomain !== undefined && { customTrackingRedirectDomain: settings.trackingDomain }),
    });

    const watched: WatchedFeed[] = [];
    for (const feed of FEEDS) {
      const recorder = new MailtrailFunction(this, pascalCase(feed.recorder), {
        folder: feed.recorder,
        environment: {
          EMAIL_STATUS_TABLE: emailStatus.table.tableName,
          ERASURES_TABLE: erasures.table.tableName,
          RETENTION_DAYS: String(settings.retentionDays),
          ...(feed.suppresses && { SUPPRESSIONS_TABLE: suppressions.table.tableName }),
          ...(feed.looksBack && softBounceRule(settings)),
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
      const queues = new EventFeed(this, feed.id, {
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
        new CfnOutput(this, `${feed.id}TopicArn`, { value: queues.topic.topicArn, description });
      }
    }

    const counter = new MailtrailFunction(this, 'CountStatuses', {
      folder: 'count-statuses',
      environment: { CAMPAIGNS_TABLE: campaigns.table.tableName },
      timeout: COUNT_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    campaigns.grantCount(counter.function);
    // A campaign's item is written once a batch and shard: docs/design.md has the calculation.
    const counting = new StreamFeed(this, 'Counting', {
      table: emailStatus.table,
      consumer: counter.function,
      batchSize: 1_000,
      batchingWindow: Duration.seconds(5),
      tumblingWindow: Duration.minutes(1),
    });

    const query = new MailtrailFunction(this, 'QueryStatus', {
      folder: 'query-status',
      environment: {
        EMAIL_STATUS_TABLE: emailStatus.table.tableName,
        SUPPRESSIONS_TABLE: suppressions.table.tableName,
        CAMPAIGNS_TABLE: campaigns.table.tableName,
      },
      timeout: QUERY_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    emailStatus.grantRead(query.function);
    suppressions.grantManage(query.function);
    campaigns.grantRead(query.function);
    const erasing = new Erasing(this, 'Erasing', {
      emailStatus,
      suppressions,
      erasures,
      answerTimeout: QUERY_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    const linkSecret = new LinkSecret(this, 'LinkSecret');
    const links = new PublicLinks(this, 'PublicLinks', {
      emailStatus,
      suppressions,
      secret: linkSecret,
      logRetention,
      maxConcurrency,
    });
    const api = new QueryApi(this, 'QueryApi', {
      ...settings,
      handler: query.function,
      others: {
        'erase-recipient': erasing.handler,
        'unsubscribe-recipient': links.unsubscriber.function,
        'track-read': links.readTracker.function,
      },
      publicThrottles: PUBLIC_THROTTLES,
      logRetention,
    });
    const suppressing = new SuppressionSync(this, 'SuppressionSync', {
      suppressions,
      erasures,
      logRetention,
      maxConcurrency,
    });
    const statusEvents = settings.statusEvents
      ? new StatusEvents(this, 'StatusEvents', { emailStatus, suppressions, logRetention, maxConcurrency })
      : undefined;
    const { alarmEmail } = settings;
    new Watching(this, 'Watching', {
      configurationSet,
      feeds: watched,
      counting: { queues: counting, counter },
      suppressions: suppressing,
      erasing,
      links,
      statusEvents,
      emailStatus,
      queryApi: api,
      alarmEmail,
    });

    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Where the API answers' });
    new CfnOutput(this, 'ConfigurationSetName', {
      value: configurationSet.configurationSetName,
      description: 'What to send with, so that SES tells what happens',
    });
    new CfnOutput(this, 'EmailStatusTableName', { value: emailStatus.table.tableName });
    new CfnOutput(this, 'ImportSuppressionsFunctionName', {
      value: suppressing.importer.functionName,
      description: 'What "npm run import-suppressions" calls',
    });
    new CfnOutput(this, 'SuppressionsTableName', { value: suppressions.table.tableName });
    new CfnOutput(this, 'CampaignsTableName', { value: campaigns.table.tableName });
  }
}

const softBounceRule = ({ softBounces: { bounces, hours, days } }: Settings) => ({
  SOFT_BOUNCES: String(bounces),
  SOFT_BOUNCE_HOURS: String(hours),
  SOFT_BOUNCE_DAYS: String(days),
});

const pascalCase = (folder: string): string =>
  folder.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
