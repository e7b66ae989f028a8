import { evaluate, type Series } from '../support/metric-math.ts';
import type { Json } from './synthesized.ts';

/** A metric an alarm looks at. */
export type Watched = Readonly<{
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, Json>>;
  stat: string;
  period: number;
}>;

/** The metrics behind an alarm, whether it looks at one or reckons with several. */
export const watchedBy = (alarm: Json): readonly Watched[] =>
  alarm.Metrics
    ? alarm.Metrics.filter(({ MetricStat }: Json) => MetricStat).map(({ MetricStat }: Json) =>
        watched({ ...MetricStat.Metric, Statistic: MetricStat.Stat, Period: MetricStat.Period }),
      )
    : [watched(alarm)];

const watched = ({ Namespace, MetricName, Dimensions, Statistic, Period }: Json): Watched => ({
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries((Dimensions ?? []).map(({ Name, Value }: Json) => [Name, Value])),
  stat: Statistic,
  period: Period,
});

/** What an alarm compares with its threshold, where the metrics have these values, by their names. */
export const valuesOf = (alarm: Json, values: Readonly<Record<string, Series>>): Series => {
  const length = Math.max(...Object.values(values).map((series) => series.length));
  const of = (name: string) => values[name] ?? Array(length).fill(undefined);
  if (!alarm.Metrics) return of(alarm.MetricName);
  const series = (id: string): Series => {
    const found = alarm.Metrics.find((each: Json) => each.Id === id);
    if (!found) throw new Error(`the alarm has no metric ${id}`);
    return found.MetricStat ? of(found.MetricStat.Metric.MetricName) : evaluate(found.Expression, series, length);
  };
  // The one that is returned is what the alarm looks at.
  const [{ Id }, ...others] = alarm.Metrics.filter(({ ReturnData }: Json) => ReturnData !== false);
  if (others.length > 0) throw new Error('an alarm looks at one series');
  return series(Id);
};

/** Whether an alarm fires at the end of these periods (CloudWatch guide, alarm-evaluation). */
export const fires = (alarm: Json, values: Readonly<Record<string, Series>>): boolean => {
  const { Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
  if (ComparisonOperator !== 'GreaterThanThreshold') throw new Error(`not reckoned here: ${ComparisonOperator}`);
  const last = valuesOf(alarm, values).slice(-EvaluationPeriods);
  const breaching = last.filter((value) =>
    value === undefined ? TreatMissingData === 'breaching' : value > Threshold,
  ).length;
  return breaching >= (DatapointsToAlarm ?? EvaluationPeriods);
};
