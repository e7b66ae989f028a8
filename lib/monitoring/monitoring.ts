import type { Dashboard as CloudWatchDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';
import type { QueryApi } from '../query-api/http-api.ts';
import type { Recording } from '../recording/recording.ts';
import type { Settings } from '../settings/settings.ts';
import type { EmailStatusTable } from '../tables/email-status-table.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { mailAlarms } from './mail-alarms.ts';
import { SendCounter } from './send-counter.ts';

export interface MonitoringProps extends Pick<Settings, 'alarmEmail'> {
  readonly configurationSet: IConfigurationSet;
  readonly recording: Recording;
  readonly emailStatus: EmailStatusTable;
  readonly queryApi: QueryApi;
  /** The alarms of the other constructs. */
  readonly alarms: readonly AlarmSpecs[];
}

/** The alarms of all constructs, the topic they are published to, and a dashboard. */
export class Monitoring extends Construct {
  readonly alarmTopic: ITopic;
  readonly dashboard: CloudWatchDashboard;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { configurationSet, recording, emailStatus, queryApi, alarmEmail } = props;
    const { sends, destination } = new SendCounter(this, 'SendCounter', configurationSet);
    // SES takes one call a second that creates an event destination.
    const before = recording.topics.at(-1)?.pipeline.destination;
    if (before !== undefined) destination.node.addDependency(before);
    this.alarmTopic = new AlarmTopic(this, 'AlarmTopic', { alarmEmail }).topic;
    const specs = [recording.alarms, queryApi.alarms, ...props.alarms, mailAlarms(this, sends)];
    const { all } = new Alarms(this, 'Alarms', { topic: this.alarmTopic, specs });
    this.dashboard = new Dashboard(this, 'Dashboard', {
      topics: recording.topics,
      alarms: all,
      sends,
      serverErrors: queryApi.serverErrors,
      writeUnits: emailStatus.writeUnits(),
      requests: queryApi.api.metricCount(),
    }).dashboard;
  }
}
