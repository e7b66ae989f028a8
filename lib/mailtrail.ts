import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  type IConfigurationSet,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CampaignCounts } from './campaign-counts/campaign-counts.ts';
import { Erasure } from './erasure/erasure.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { LinkSecret } from './public-links/link-secret.ts';
import { PUBLIC_THROTTLES, PublicLinks } from './public-links/public-links.ts';
import { type RouteGrant, routeArns } from './query-api/contract-routes.ts';
import { QueryApi } from './query-api/http-api.ts';
import { QUERY_TIMEOUT, QueryFunctions } from './query-api/query-functions.ts';
import { Recording } from './recording/recording.ts';
import { AcceptMail } from './sending/accept-mail.ts';
import { AdvanceCampaigns } from './sending/advance-campaigns.ts';
import { SendEmail } from './sending/send-email.ts';
import { SendingQueues } from './sending/sending-queues.ts';
import { contextOf, type MailtrailProps } from './settings/mailtrail-props.ts';
import { readSettings } from './settings/settings.ts';
import { StatusEvents } from './status-events/status-events.ts';
import { SuppressionSync } from './suppression-sync/suppression-sync.ts';
import { CampaignsTable } from './tables/campaigns-table.ts';
import { EmailStatusTable } from './tables/email-status-table.ts';
import { ErasuresTable } from './tables/erasures-table.ts';
import { IdempotencyTable } from './tables/idempotency-table.ts';
import { MailingsTable } from './tables/mailings-table.ts';
import { SuppressionsTable } from './tables/suppressions-table.ts';

/**
 * Mailtrail, for one stack: SES events → SNS topics → SQS queues → record functions → DynamoDB tables → query function →
 * HTTP API; sending through SES; the emails' table → stream → campaign counts and, if wanted, an event bus. One a stack: its
 * metrics and its API are named after the stack.
 */
export class Mailtrail extends Construct {
  /** One item for each email and recipient. */
  readonly emailStatusTable: TableV2;
  readonly suppressionsTable: TableV2;
  readonly campaignsTable: TableV2;
  readonly mailingsTable: TableV2;
  /** What to send with, so that SES reports what happens to an email. */
  readonly configurationSet: IConfigurationSet;
  readonly api: HttpApi;
  /** Where the API answers, without a slash at the end. */
  readonly apiUrl: string;
  /** What the CNAME record of `apiDomain` must point at; `undefined` without such a domain. */
  readonly apiDomainTarget: string | undefined;
  /** Where alarms are published. */
  readonly alarmTopic: ITopic;
  readonly dashboard: Dashboard;
  /** Where changes are published; `undefined` unless `statusEvents` is set. */
  readonly eventBus: EventBus | undefined;
  /** Imports SES's suppression list, when invoked. */
  readonly importSuppressions: IFunction;
  /** Topics that SES identities may publish legacy notifications to, by the kind of event: Delivery, Bounce, Complaint. */
  readonly legacyTopics: Readonly<Record<string, ITopic>>;

  /** @throws SettingsError naming every property that is not usable */
  constructor(scope: Construct, id: string, props: MailtrailProps = {}) {
    super(scope, id);
    const settings = readSettings(contextOf(props));
    const { trial, maxConcurrency, logRetentionDays: logRetention } = settings;
    const common = { logRetention, maxConcurrency };
    const emailStatus = new EmailStatusTable(this, 'EmailStatus', { trial });
    const suppressions = new SuppressionsTable(this, 'Suppressions', { trial });
    const campaigns = new CampaignsTable(this, 'Campaigns', { trial });
    const erasures = new ErasuresTable(this, 'Erasures', { trial });
    const mailings = new MailingsTable(this, 'Mailings', { trial });
    const idempotency = new IdempotencyTable(this, 'Idempotency', { trial });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: settings.requireTls ? ConfigurationSetTlsPolicy.REQUIRE : ConfigurationSetTlsPolicy.OPTIONAL,
      ...(settings.trackingDomain !== undefined && { customTrackingRedirectDomain: settings.trackingDomain }),
    });

    const recording = new Recording(this, 'Recording', {
      configurationSet,
      emailStatus,
      suppressions,
      erasures,
      settings,
    });
    const campaignCounts = new CampaignCounts(this, 'CampaignCounts', { emailStatus, campaigns, ...common });
    const queries = new QueryFunctions(this, 'QueryFunctions', {
      emailStatus,
      suppressions,
      campaigns,
      mailings,
      ...common,
    });
    const erasure = new Erasure(this, 'Erasure', {
      ...{ emailStatus, suppressions, erasures, mailings, answerTimeout: QUERY_TIMEOUT },
      ...common,
    });
    const linkSecret = new LinkSecret(this, 'LinkSecret', { trial });
    const links = new PublicLinks(this, 'PublicLinks', { emailStatus, suppressions, secret: linkSecret, ...common });
    const queues = new SendingQueues(this, 'SendingQueues');
    const acceptMail = new AcceptMail(this, 'AcceptMail', {
      ...{ emailStatus, suppressions, mailings, idempotency, queues, retentionDays: settings.retentionDays },
      ...common,
    });
    const advanceCampaigns = new AdvanceCampaigns(this, 'AdvanceCampaigns', {
      emailStatus,
      mailings,
      queues,
      ...common,
    });
    const queryApi = new QueryApi(this, 'QueryApi', {
      ...settings,
      handler: queries.query,
      others: {
        'erase-recipient': erasure.handler,
        'accept-mail': acceptMail.handler,
        'explain-statuses': queries.explain,
        'unsubscribe-recipient': links.unsubscriber,
        'track-read': links.readTracker,
      },
      publicThrottles: PUBLIC_THROTTLES,
      logRetention,
    });
    const suppressionSync = new SuppressionSync(this, 'SuppressionSync', { suppressions, erasures, ...common });
    const sendEmail = new SendEmail(this, 'SendEmail', {
      ...{ queues, emailStatus, mailings, suppressions, linkSecret, configurationSet, publicUrl: queryApi.url },
      concurrency: Math.min(settings.sendConcurrency, maxConcurrency ?? settings.sendConcurrency),
      messageQuota: settings.messageQuota,
      ...common,
    });
    const statusEvents = settings.statusEvents
      ? new StatusEvents(this, 'StatusEvents', { emailStatus, suppressions, ...common })
      : undefined;
    const alarmed = [campaignCounts, erasure, links, queues, advanceCampaigns, suppressionSync, sendEmail];
    const monitoring = new Monitoring(this, 'Monitoring', {
      ...{ configurationSet, recording, emailStatus, queryApi, alarmEmail: settings.alarmEmail },
      alarms: [...alarmed, ...(statusEvents ? [statusEvents] : [])].map(({ alarms }) => alarms),
    });

    this.emailStatusTable = emailStatus.table;
    this.suppressionsTable = suppressions.table;
    this.campaignsTable = campaigns.table;
    this.mailingsTable = mailings.table;
    this.configurationSet = configurationSet;
    this.api = queryApi.api;
    this.apiUrl = queryApi.url;
    this.apiDomainTarget = queryApi.domain?.target;
    this.alarmTopic = monitoring.alarmTopic;
    this.dashboard = monitoring.dashboard;
    this.eventBus = statusEvents?.bus;
    this.importSuppressions = suppressionSync.importer;
    this.legacyTopics = recording.legacyTopics;
  }

  /** Allows an IAM principal to ask everything that changes nothing. For APIs that IAM authorizes (no `jwt`). */
  grantRead(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'read');
  }

  /** Allows an IAM principal to send messages and campaigns, and to see what became of them. */
  grantSend(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'send').combine(this.grantRead(grantee));
  }

  /** Allows an IAM principal to approve campaigns that wait for it. */
  grantApprove(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'approve');
  }

  /** Allows an IAM principal to suppress addresses, to remove suppressions, and to erase people. */
  grantManage(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'manage');
  }

  #grant(grantee: IGrantable, grant: RouteGrant): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [...routeArns(this.api, grant)],
      scope: this,
    });
  }
}
