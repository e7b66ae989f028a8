import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ConfigurationSet, ConfigurationSetTlsPolicy, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { MailtrailFunction } from './constructs/mailtrail-function.ts';
import { StreamConsumer } from './constructs/stream-consumer.ts';
import { Erasure } from './erasure/erasure.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { LinkSecret } from './public-links/link-secret.ts';
import { PUBLIC_THROTTLES, PublicLinks } from './public-links/public-links.ts';
import { QueryApi } from './query-api/http-api.ts';
import { QUERY_TIMEOUT, QueryFunctions } from './query-api/query-functions.ts';
import { recordEvents } from './recording/recording.ts';
import { AcceptMail } from './sending/accept-mail.ts';
import { AdvanceCampaigns } from './sending/advance-campaigns.ts';
import { SendEmail } from './sending/send-email.ts';
import { SendingQueues } from './sending/sending-queues.ts';
import type { Settings } from './settings/settings.ts';
import { StatusEvents } from './status-events/status-events.ts';
import { SuppressionSync } from './suppression-sync/suppression-sync.ts';
import { CampaignsTable } from './tables/campaigns-table.ts';
import { EmailStatusTable } from './tables/email-status-table.ts';
import { ErasuresTable } from './tables/erasures-table.ts';
import { MailingsTable } from './tables/mailings-table.ts';
import { SuppressionsTable } from './tables/suppressions-table.ts';

/** Bounds how long a batch of the stream may take; a usual one is done in a second. */
const COUNT_TIMEOUT = Duration.seconds(30);

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
    const mailings = new MailingsTable(this, 'Mailings', { trial });
    const sendingQueues = new SendingQueues(this, 'Sending');
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: settings.requireTls ? ConfigurationSetTlsPolicy.REQUIRE : ConfigurationSetTlsPolicy.OPTIONAL,
      ...(settings.trackingDomain !== undefined && { customTrackingRedirectDomain: settings.trackingDomain }),
    });

    const feeds = recordEvents(this, { configurationSet, emailStatus, suppressions, erasures, settings });
    const counter = new MailtrailFunction(this, 'CountStatuses', {
      name: 'count-statuses',
      environment: { CAMPAIGNS_TABLE: campaigns.table.tableName },
      timeout: COUNT_TIMEOUT,
      logRetention,
      maxConcurrency,
    });
    campaigns.grantCount(counter.function);
    // A campaign's item is written once a batch and shard: docs/decisions/0013-one-item-per-campaign.md has the calculation.
    const counting = new StreamConsumer(this, 'Counting', {
      table: emailStatus.table,
      consumer: counter.function,
      batchSize: 1_000,
      batchingWindow: Duration.seconds(5),
      tumblingWindow: Duration.minutes(1),
    });

    const answering = new QueryFunctions(this, 'Answering', {
      ...{ emailStatus, suppressions, campaigns, mailings },
      ...{ logRetention, maxConcurrency },
    });
    const erasing = new Erasure(this, 'Erasing', {
      emailStatus,
      suppressions,
      erasures,
      mailings,
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
    const accepting = new AcceptMail(this, 'Accepting', {
      ...{ emailStatus, suppressions, mailings, queues: sendingQueues },
      ...{ retentionDays: settings.retentionDays, trial, logRetention, maxConcurrency },
    });
    const advancing = new AdvanceCampaigns(this, 'Advancing', {
      ...{ emailStatus, mailings, queues: sendingQueues },
      ...{ logRetention, maxConcurrency },
    });
    const api = new QueryApi(this, 'QueryApi', {
      ...settings,
      handler: answering.query,
      others: {
        'erase-recipient': erasing.handler,
        'accept-mail': accepting.handler,
        'explain-statuses': answering.explain,
        'unsubscribe-recipient': links.unsubscriber.function,
        'track-read': links.readTracker.function,
      },
      publicThrottles: PUBLIC_THROTTLES,
      logRetention,
    });
    const suppressing = new SuppressionSync(this, 'SuppressionSync', {
      ...{ suppressions, erasures, logRetention, maxConcurrency },
    });
    const sending = new SendEmail(this, 'Sender', {
      queues: sendingQueues,
      emailStatus,
      mailings,
      suppressions,
      linkSecret,
      configurationSet,
      publicUrl: api.url,
      concurrency: Math.min(settings.sendConcurrency, maxConcurrency ?? settings.sendConcurrency),
      messageQuota: settings.messageQuota,
      logRetention,
      maxConcurrency,
    });
    const statusEvents = settings.statusEvents
      ? new StatusEvents(this, 'StatusEvents', { emailStatus, suppressions, logRetention, maxConcurrency })
      : undefined;
    new Monitoring(this, 'Watching', {
      configurationSet,
      feeds,
      counting: { queues: counting, counter },
      suppressions: suppressing,
      erasing,
      links,
      sender: sending,
      sending: sendingQueues,
      advancing,
      statusEvents,
      emailStatus,
      queryApi: api,
      alarmEmail: settings.alarmEmail,
    });

    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Where the API answers' });
    new CfnOutput(this, 'ConfigurationSetName', {
      value: configurationSet.configurationSetName,
      description: 'What to send with, so that SES tells what happens',
    });
    new CfnOutput(this, 'ImportSuppressionsFunctionName', {
      value: suppressing.importer.functionName,
      description: 'What "npm run import-suppressions" calls',
    });
    const tables = { EmailStatus: emailStatus, Suppressions: suppressions, Campaigns: campaigns, Mailings: mailings };
    for (const [name, { table }] of Object.entries(tables)) {
      new CfnOutput(this, `${name}TableName`, { value: table.tableName });
    }
  }
}
