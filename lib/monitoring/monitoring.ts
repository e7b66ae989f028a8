import { CfnOutput } from 'aws-cdk-lib';
import type { IConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { WatchedErasing } from '../erasure/erasure-alarms.ts';
import type { WatchedLinks } from '../public-links/public-link-alarms.ts';
import type { QueryApi } from '../query-api/http-api.ts';
import type { WatchedFeed } from '../recording/recording.ts';
import type { WatchedSender } from '../sending/send-email-alarms.ts';
import type { WatchedSending } from '../sending/sending-queue-alarms.ts';
import type { WatchedSweep } from '../sending/sweep-alarms.ts';
import type { Settings } from '../settings/settings.ts';
import type { WatchedStatusEvents } from '../status-events/status-event-alarms.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms, type WatchedCounting, type WatchedSuppressions } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { SendCounter } from './send-counter.ts';

export interface WatchingProps extends Pick<Settings, 'alarmEmail'> {
  readonly configurationSet: IConfigurationSet;
  readonly feeds: readonly WatchedFeed[];
  readonly counting: WatchedCounting;
  readonly suppressions: WatchedSuppressions;
  readonly erasing: WatchedErasing;
  readonly links: WatchedLinks;
  readonly sender: WatchedSender;
  readonly sending: WatchedSending;
  readonly advancing: WatchedSweep;
  readonly statusEvents: WatchedStatusEvents | undefined;
  readonly emailStatus: EmailStatusTable;
  readonly queryApi: QueryApi;
}

/** Sees to it that somebody hears when something breaks, and can look at how it runs. */
export class Watching extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { configurationSet, emailStatus, queryApi, alarmEmail, ...watched }: WatchingProps,
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
