import { CfnOutput } from 'aws-cdk-lib';
import type { IConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { AlarmedErasure } from '../erasure/erasure-alarms.ts';
import type { AlarmedPublicLinks } from '../public-links/public-link-alarms.ts';
import type { QueryApi } from '../query-api/http-api.ts';
import type { AlarmedTopic } from '../recording/recording.ts';
import type { AlarmedSendEmail } from '../sending/send-email-alarms.ts';
import type { AlarmedSendingQueues } from '../sending/sending-queue-alarms.ts';
import type { AlarmedSweep } from '../sending/sweep-alarms.ts';
import type { Settings } from '../settings/settings.ts';
import type { AlarmedStatusEvents } from '../status-events/status-event-alarms.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { type AlarmedCampaignCounts, type AlarmedSuppressionSync, Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { SendCounter } from './send-counter.ts';

export interface MonitoringProps extends Pick<Settings, 'alarmEmail'> {
  readonly configurationSet: IConfigurationSet;
  readonly feeds: readonly AlarmedTopic[];
  readonly counting: AlarmedCampaignCounts;
  readonly suppressions: AlarmedSuppressionSync;
  readonly erasing: AlarmedErasure;
  readonly links: AlarmedPublicLinks;
  readonly sender: AlarmedSendEmail;
  readonly sending: AlarmedSendingQueues;
  readonly advancing: AlarmedSweep;
  readonly statusEvents: AlarmedStatusEvents | undefined;
  readonly emailStatus: EmailStatusTable;
  readonly queryApi: QueryApi;
}

/** Sees to it that somebody hears when something breaks, and can look at how it runs. */
export class Monitoring extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { configurationSet, emailStatus, queryApi, alarmEmail, ...watched }: MonitoringProps,
  ) {
    super(scope, id);
    const { api } = queryApi;
    const { sends } = new SendCounter(this, 'SendCounter', configurationSet);
    const { topic } = new AlarmTopic(this, 'AlarmTopic', { alarmEmail });
    const serverErrors = api.metricServerError();
    const { all } = new Alarms(this, 'Alarms', { topic, ...watched, serverErrors, sends });
    const { dashboard } = new Dashboard(this, 'Dashboard', {
      feeds: watched.feeds,
      alarms: all,
      sends,
      serverErrors,
      writeUnits: emailStatus.writeUnits(),
      requests: api.metricCount(),
    });

    new CfnOutput(scope, 'AlarmTopicArn', {
      value: topic.topicArn,
      description: 'Where alarms go; subscribe to hear them',
    });
    new CfnOutput(scope, 'DashboardName', { value: dashboard.dashboardName, description: 'In CloudWatch, Dashboards' });
  }
}
