import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  type Metric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { isStatus } from '../../lambdas/domain/status/statuses.ts';
import { latency, recorded } from '../constructs/metrics.ts';
import type { RecordedTopic } from '../recording/recording.ts';
import { BOUNCE_LIMIT, bounceRate, COMPLAINT_LIMIT, complaintRate } from './rates.ts';

export interface DashboardProps {
  readonly topics: readonly RecordedTopic[];
  readonly alarms: readonly IAlarm[];
  readonly sends: Metric;
  readonly serverErrors: Metric;
  readonly writeUnits: readonly Metric[];
  /** What the API is asked. */
  readonly requests: Metric;
}

const PERIOD = Duration.minutes(5);
const COLUMNS = 24;

/** One page to see whether all is well: alarms, flow, statuses, rates, latency, queues and what costs money. */
export class Dashboard extends Construct {
  readonly dashboard: CloudWatchDashboard;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { topics } = props;
    this.dashboard = new CloudWatchDashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    this.dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: COLUMNS, height: 5 }),
    );
    this.dashboard.addWidgets(
      graph('Sent, and events recorded by topic', [
        props.sends,
        ...topics.map(({ topic }) =>
          latency(this, topic.recorder, Stats.SAMPLE_COUNT, { label: topic.id.toLowerCase() }),
        ),
      ]),
      graph(
        'What became of emails (without simulator mail)',
        topics.flatMap(({ topic: { recorder, kinds } }) =>
          kinds.filter(isStatus).map((kind) => recorded(this, recorder, kind, { label: kind })),
        ),
        { stacked: true },
      ),
    );
    this.dashboard.addWidgets(
      graph('Hard bounces of a day, %', [bounceRate(this)], { limit: BOUNCE_LIMIT, period: Duration.days(1) }),
      graph('Complaints of a day, %', [complaintRate(this)], {
        limit: COMPLAINT_LIMIT,
        period: Duration.days(1),
      }),
    );
    this.dashboard.addWidgets(
      graph(
        "Milliseconds from SES's time to stored: half, and 99 of 100",
        topics.flatMap(({ topic: { id, recorder } }) =>
          ['p50', 'p99'].map((of) => latency(this, recorder, of, { label: `${id.toLowerCase()} ${of}` })),
        ),
      ),
      graph('API: answers of 500 and above', [props.serverErrors.with({ statistic: Stats.SUM })]),
    );
    this.dashboard.addWidgets(...queueWidgets(topics));
    this.dashboard.addWidgets(...costWidgets(props));
  }
}

const queueWidgets = (topics: readonly RecordedTopic[]): readonly IWidget[] => [
  graph(
    'Age of the oldest waiting event, seconds',
    topics.map(({ topic, pipeline }) =>
      pipeline.queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, label: topic.id.toLowerCase() }),
    ),
    { limit: 300 },
  ),
  graph(
    'Dead letters',
    topics.flatMap(({ topic: { id }, pipeline }) =>
      (['failed', 'undelivered'] as const).map((which) =>
        pipeline[which].metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          label: `${id.toLowerCase()} ${which}`,
        }),
      ),
    ),
  ),
];

/** SNS and SQS cost by the event: see the flow. */
const costWidgets = ({ writeUnits, requests, topics }: DashboardProps): readonly IWidget[] => [
  graph('What costs most: write units of DynamoDB', writeUnits, { stacked: true }),
  graph('What else costs: requests to the API, the busiest function and its log', [
    requests.with({ statistic: Stats.SUM, label: 'requests to the API' }),
    ...topics
      .filter(({ topic: { recorder } }) => recorder === 'record-delivery')
      .flatMap(({ topic, recorder }) => [
        recorder.function.metricDuration({ statistic: Stats.SUM, label: `${topic.recorder}, milliseconds` }),
        // CDK leaves the group out, and the metric would be the whole account's.
        recorder.logGroup.metricIncomingBytes({
          dimensionsMap: { LogGroupName: recorder.logGroup.logGroupName },
          statistic: Stats.SUM,
          label: `log of ${topic.recorder}, bytes`,
        }),
      ]),
  ]),
];

/** Half a row. */
const graph = (
  title: string,
  left: readonly IMetric[],
  { stacked = false, limit, period = PERIOD }: { stacked?: boolean; limit?: number; period?: Duration } = {},
): GraphWidget =>
  new GraphWidget({
    title,
    left: [...left],
    stacked,
    period,
    width: COLUMNS / 2,
    leftYAxis: { min: 0, showUnits: false },
    ...(limit !== undefined && { leftAnnotations: [{ value: limit, label: 'alarm above' }] }),
  });
