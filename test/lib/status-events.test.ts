import { describe, expect, it } from 'vitest';
import { fires, watchedBy } from './alarm-states.ts';
import { idOf, type Json, plain, synthesize } from './synthesized.ts';

const without = synthesize();
const stack = synthesize({ statusEvents: 'true' });
const only = (type: string) => stack.all(type).filter(([id]) => !without.all(type).some(([other]) => other === id));
const mappings = only('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

describe('a stack that publishes changes', () => {
  it('has one function, one bus and one queue more, and what goes with them; all else is as without', () => {
    const [more, before] = [stack.resources, without.resources];
    const added = Object.keys(more).filter((id) => !(id in before));
    // The dashboard lists the alarms.
    const changed = Object.keys(before).filter((id) => JSON.stringify(more[id]) !== JSON.stringify(before[id]));

    expect(added.map(plain).sort()).toEqual(
      [
        ...['Bus', 'Failed', 'FailedPolicy', 'EmailsMapping', 'SuppressionsMapping'].map((id) => `StatusEvents${id}`),
        ...['Logs', 'Role', 'RoleDefaultPolicy', 'Function'].map((id) => `StatusEventsPublishStatusEvents${id}`),
        ...['Failed', 'Late'].map((id) => `MonitoringAlarmsStatusEvents${id}`),
      ].sort(),
    );
    expect(changed.map(plain)).toEqual(['MonitoringDashboard']);
    expect(Object.keys(stack.template.findOutputs('EventBusName'))).toEqual(['EventBusName']);
  });

  it.each([{}, { statusEvents: 'false' }, { statusEvents: '' }])('is not what context %j makes', (context) => {
    const template = synthesize(context).template.toJSON();

    expect(JSON.stringify(template)).not.toMatch(/StatusEvents|AWS::Events::EventBus|EVENT_BUS/);
    expect(template).toEqual(without.template.toJSON());
  });

  it('reads the streams of both tables, from the oldest record on', () => {
    expect(mappings.map(({ EventSourceArn }) => plain(idOf(EventSourceArn))).sort()).toEqual([
      'EmailStatusTable',
      'SuppressionsTable',
    ]);
    for (const { FunctionName, StartingPosition } of mappings) {
      expect([plain(idOf(FunctionName)), StartingPosition]).toEqual([
        'StatusEventsPublishStatusEventsFunction',
        'TRIM_HORIZON',
      ]);
    }
  });

  // DynamoDB throttles a third reader (DynamoDB guide, Streams).
  it('is the last that may read them: each has two readers then', () => {
    const sources = stack
      .all('AWS::Lambda::EventSourceMapping')
      .flatMap(([, { Properties }]) => (Properties.StartingPosition ? [plain(idOf(Properties.EventSourceArn))] : []));

    expect(sources.sort()).toEqual(['EmailStatusTable', 'EmailStatusTable', 'SuppressionsTable', 'SuppressionsTable']);
  });

  it('takes from the function where a batch failed, cuts what fails in two, and tells a queue what is given up', () => {
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRecordAgeInSeconds: 21_600,
      });
      expect(mapping).not.toHaveProperty('TumblingWindowInSeconds');
      expect(plain(idOf(mapping.DestinationConfig.OnFailure.Destination))).toBe('StatusEventsFailed');
    }
  });

  it('tries for six hours what takes its time to fail, and gives up sooner what fails at once', () => {
    const [[, { Properties }]] = only('AWS::Lambda::Function') as [[string, Json]];

    for (const { MaximumRetryAttempts, MaximumRecordAgeInSeconds } of mappings) {
      expect(MaximumRetryAttempts * Properties.Timeout).toBeGreaterThan(MaximumRecordAgeInSeconds);
      expect(MaximumRetryAttempts).toBeLessThanOrEqual(100);
    }
  });

  it('tells somebody what was given up, and that it is late', () => {
    const alarms = only('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const [failed, late] = ['ApproximateNumberOfMessagesVisible', 'IteratorAge'].map((name) =>
      alarms.find(({ MetricName }) => MetricName === name),
    );

    expect(fires(failed, { ApproximateNumberOfMessagesVisible: [0, 1] })).toBe(true);
    expect(fires(late, { IteratorAge: [900_000] })).toBe(false);
    expect(fires(late, { IteratorAge: [900_001] })).toBe(true);
    expect(fires(late, { IteratorAge: [undefined] })).toBe(false);
    expect(plain(idOf(watchedBy(late)[0]?.dimensions.FunctionName))).toBe('StatusEventsPublishStatusEventsFunction');
    for (const { AlarmDescription, AlarmActions } of alarms) {
      expect(AlarmDescription.length).toBeGreaterThan(150);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
      expect(AlarmActions.map((action: Json) => plain(idOf(action)))).toEqual(['MonitoringAlarmTopic']);
    }
    expect(alarms.flatMap(watchedBy)).toHaveLength(2);
  });

  it('fits an account twice: its bus is called by the stack', () => {
    const names = ['Spring', 'Autumn'].map((stackName) => {
      const [[, { Properties }]] = synthesize({ statusEvents: true, stackName }).all('AWS::Events::EventBus') as [
        [string, Json],
      ];
      return Properties.Name;
    });

    expect(names[0]).toMatch(/^Spring/);
    expect(names[1]).toMatch(/^Autumn/);
  });
});
