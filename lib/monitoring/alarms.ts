import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { AlarmSpecs } from '../constructs/alarm-spec.ts';

export interface AlarmsProps {
  readonly topic: ITopic;
  /** Of every construct; each states what is to be watched of it. */
  readonly specs: readonly AlarmSpecs[];
}

/** The CloudWatch alarms. What each means, and what to do: docs/operating.md. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { topic, specs }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.all = specs
      .flatMap((some) => Object.entries(some))
      .map(([name, { metric, most, among = 1, description }]) => {
        const alarm = new Alarm(this, name, {
          metric,
          threshold: most,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: among,
          datapointsToAlarm: 1,
          // An idle queue and a function without invocations have no values at all.
          treatMissingData: TreatMissingData.NOT_BREACHING,
          alarmDescription: description,
        });
        alarm.addAlarmAction(action);
        return alarm;
      });
  }
}
