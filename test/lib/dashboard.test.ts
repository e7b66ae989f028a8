import { describe, expect, it } from 'vitest';
import { isStatus } from '../../lambdas/domain/status/statuses.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { type Json, render, synthesize } from './synthesized.ts';

const stack = synthesize();
const [[, { Properties }]] = stack.all('AWS::CloudWatch::Dashboard') as [[string, Json]];
const widgets: Json[] = JSON.parse(render(Properties.DashboardBody)).widgets;
const graphs = widgets.filter(({ type }) => type === 'metric');
/** The metrics of a graph: namespace, name, and dimensions in turn. */
const metricsOf = (widget: Json): string[][] =>
  widget.properties.metrics
    .map((line: Json[]) => line.filter((part) => typeof part === 'string'))
    .filter((line: string[]) => line.length > 0);
const all = graphs.flatMap(metricsOf);

describe('the dashboard', () => {
  it('shows every alarm', () => {
    const [{ properties }] = widgets.filter(({ type }) => type === 'alarm') as [Json];

    expect(properties.alarms).toHaveLength(stack.all('AWS::CloudWatch::Alarm').length);
  });

  it('shows flow, statuses, rates, latency, queues and what costs money', () => {
    const of = (title: string) => metricsOf(graphs.find(({ properties }) => properties.title.startsWith(title)));
    const recorders = EVENT_TOPICS.map(({ recorder }) => recorder);

    expect(of('Sent, and events recorded by topic').map(([, name, , service]) => [name, service])).toEqual([
      ['Send', '{ConfigurationSet}'],
      ...recorders.map((recorder) => ['Latency', recorder]),
    ]);
    expect(of('What became of emails').map(([, kind]) => kind)).toEqual(
      EVENT_TOPICS.flatMap(({ kinds }) => kinds.filter(isStatus)),
    );
    expect(of('Hard bounces of a day')).toHaveLength(2);
    expect(of('Complaints of a day')).toHaveLength(2);
    expect(of('Milliseconds from').map(([, name, , service]) => [name, service])).toEqual(
      recorders.flatMap((recorder) => Array(2).fill(['Latency', recorder])),
    );
    expect(of('Age of the oldest')).toHaveLength(EVENT_TOPICS.length);
    expect(of('Dead letters')).toHaveLength(2 * EVENT_TOPICS.length);
    expect(of('What costs most')).toHaveLength(4);
    expect(of('What else costs').map(([namespace, name]) => `${namespace} ${name}`)).toEqual([
      'AWS/ApiGateway Count',
      'AWS/Lambda Duration',
      'AWS/Logs IncomingBytes',
    ]);
  });

  it('shows nothing of the whole account', () => {
    for (const metric of all) expect([metric, metric.length >= 4]).toEqual([metric, true]);
  });

  it('has at most 50 metrics, as the dashboards that cost nothing', () => {
    expect(new Set(all.map((metric) => metric.join(' '))).size).toBeLessThanOrEqual(50);
  });
});
