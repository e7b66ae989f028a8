import { describe, expect, it } from 'vitest';
import type { ProcessResult } from '../../lambdas/sending/send-email/result.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { fires, valuesOf, type Watched, watchedBy } from './alarm-states.ts';
import { idOf, type Json, plain, synthesize } from './synthesized.ts';

const stack = synthesize();
const alarms = stack
  .all('AWS::CloudWatch::Alarm')
  .map(([id, { Properties }]): [string, Json] => [plain(id).replace('MonitoringAlarms', ''), Properties]);
const alarm = (name: string): Json => {
  const found = alarms.find(([id]) => id === name)?.[1];
  if (!found) throw new Error(`no alarm ${name}`);
  return found;
};
const isOf = (type: string) => (value: Json) => stack.at(value).Type === type;

/** AWS's own metrics that alarms may look at: they exist with these dimensions and no other. */
const OF_AWS: Readonly<Record<string, Readonly<Record<string, (value: Json) => boolean>>>> = {
  'AWS/SQS ApproximateNumberOfMessagesVisible Maximum': { QueueName: isOf('AWS::SQS::Queue') },
  'AWS/SQS ApproximateAgeOfOldestMessage Maximum': { QueueName: isOf('AWS::SQS::Queue') },
  'AWS/Lambda Errors Sum': { FunctionName: isOf('AWS::Lambda::Function') },
  'AWS/ApiGateway 5xx Sum': { ApiId: isOf('AWS::ApiGatewayV2::Api') },
  'AWS/SES Send Sum': { 'ses:configuration-set': isOf('AWS::SES::ConfigurationSet') },
};
const exists = ({ namespace, name, stat, dimensions }: Watched): boolean => {
  const known = OF_AWS[`${namespace} ${name} ${stat}`];
  if (known) return Object.entries(dimensions).every(([dimension, value]) => known[dimension]?.(value));
  // Those of the functions themselves: test/recording/metrics.test.ts holds the kinds against what is really counted.
  if (dimensions.service === 'send-email') return stat === 'Sum' && isWhatCame(name);
  // test/sending/sweep-emails/sweep.test.ts.
  if (dimensions.service === 'sweep-emails') return namespace === 'Mailtrail' && `${name} ${stat}` === 'unknown Sum';
  const feed = EVENT_TOPICS.find(({ recorder }) => recorder === dimensions.service);
  const counted = stat === 'Sum' ? feed?.kinds.some((kind) => kind === name) : name === 'Latency';
  return namespace === 'Mailtrail' && Object.keys(dimensions).length === 1 && counted === true;
};

/** What the sender counts (lambdas/sending/send-email/result.ts) and an alarm looks at. */
const isWhatCame = (name: string): boolean =>
  (['held', 'depleted', 'unknown'] satisfies ProcessResult['is'][] as string[]).includes(name);

describe('the alarms', () => {
  it('are these, and no other', () => {
    const each = EVENT_TOPICS.flatMap(({ id }) => ['Failed', 'Undelivered', 'Late', 'Errors'].map((what) => id + what));

    expect(alarms.map(([id]) => id).sort()).toEqual(
      [
        ...each,
        'CountingFailed',
        'CountingErrors',
        'MirrorFailed',
        'MirrorErrors',
        'ImportErrors',
        'ErasingFailed',
        'UnsubscribeErrors',
        'ReadErrors',
        'AuthFailureReports',
        'VirusReports',
        'SendingFailed',
        'MessagesFailed',
        'AdvancingFailed',
        'SendingErrors',
        'MessagesErrors',
        'SendingHeld',
        'SendingDepleted',
        'OutcomeUnknown',
        'SweepingErrors',
        'EmailsInDoubt',
        'QueryErrors',
        'BounceRate',
        'ComplaintRate',
        'NothingRecorded',
      ].sort(),
    );
  });

  it('cost what README says, by the metrics they look at', () => {
    expect(alarms.flatMap(([, properties]) => watchedBy(properties))).toHaveLength(51);
  });

  it.each(alarms)(
    '%s looks at metrics that exist, tells the topic, and says what it means and what to do',
    (_, one) => {
      for (const watched of watchedBy(one)) expect([watched, exists(watched)]).toEqual([watched, true]);
      expect(one.AlarmActions.map((action: Json) => plain(idOf(action)))).toEqual(['MonitoringAlarmTopic']);
      expect(one.ActionsEnabled ?? true).toBe(true);
      expect(one.AlarmDescription.length).toBeGreaterThan(150);
      expect(one.AlarmDescription.length).toBeLessThanOrEqual(1024);
    },
  );

  it.each(alarms)('%s is quiet on an idle stack, with values of 0 and with none', (_, one) => {
    for (const idle of [0, undefined]) {
      const values = Object.fromEntries(watchedBy(one).map(({ name }) => [name, Array(6).fill(idle)]));
      expect(fires(one, values)).toBe(false);
    }
  });

  it('watch every dead-letter queue for a first message, and every queue of a feed for one of five minutes', () => {
    const queuesOf = (metric: string) =>
      alarms.flatMap(([, { MetricName, Dimensions }]) => (MetricName === metric ? [idOf(Dimensions[0].Value)] : []));
    const [feeds, dead] = [true, false].map((isFeed) =>
      stack
        .all('AWS::SQS::Queue')
        .filter(([, { Properties }]) => 'RedrivePolicy' in Properties === isFeed)
        // Thousands of addresses may wait for SES's pace for hours: that is no fault.
        // Nor is it that a person is looked for a second time a quarter of an hour later.
        // A campaign of a hundred thousand waits for the send rate, and mail for tomorrow's quota.
        .filter(([id]) => !/^(SuppressionSyncSuppressionMirrorQueue|ErasureQueue|Sending\w+Queue)$/.test(plain(id)))
        .map(([id]) => id),
    );

    expect(queuesOf('ApproximateNumberOfMessagesVisible').sort()).toEqual(dead?.sort());
    expect(queuesOf('ApproximateAgeOfOldestMessage').sort()).toEqual(feeds?.sort());
    expect(fires(alarm('BounceFailed'), { ApproximateNumberOfMessagesVisible: [0, 1] })).toBe(true);
    expect(fires(alarm('BounceLate'), { ApproximateAgeOfOldestMessage: [0, 300] })).toBe(false);
    expect(fires(alarm('BounceLate'), { ApproximateAgeOfOldestMessage: [0, 301] })).toBe(true);
  });

  it('watch every recorder, the counter and what links lead to for a crash, and the API for an answer it could not give', () => {
    const watched = alarms.flatMap(([, { MetricName, Dimensions }]) =>
      MetricName === 'Errors'
        ? [stack.at(Dimensions[0].Value).Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME]
        : [],
    );

    expect(watched.sort()).toEqual(
      [
        ...EVENT_TOPICS.map(({ recorder }) => recorder),
        ...['count-statuses', 'queue-suppressions', 'import-suppressions', 'unsubscribe-recipient', 'track-read'],
        ...['send-email', 'send-email', 'sweep-emails'],
      ].sort(),
    );
    expect(fires(alarm('OpenErrors'), { Errors: [1] })).toBe(true);
    expect(fires(alarm('CountingErrors'), { Errors: [6] })).toBe(true);
    expect(fires(alarm('QueryErrors'), { '5xx': [1] })).toBe(true);
    expect(fires(alarm('SweepingErrors'), { Errors: [2] })).toBe(false);
    expect(fires(alarm('SweepingErrors'), { Errors: [3] })).toBe(true);
  });

  it('fire where mail servers report failed authentication or viruses again and again, and not for a single report', () => {
    expect(fires(alarm('AuthFailureReports'), { auth_failure_report: [10] })).toBe(false);
    expect(fires(alarm('AuthFailureReports'), { auth_failure_report: [11] })).toBe(true);
    expect(fires(alarm('VirusReports'), { virus_report: [2] })).toBe(false);
    expect(fires(alarm('VirusReports'), { virus_report: [3] })).toBe(true);
  });

  it('tell a person of each email that nobody knows the fate of, since nothing else is done about it', () => {
    expect(fires(alarm('EmailsInDoubt'), { unknown: [1] })).toBe(true);
  });
});

describe('the rate of bounces', () => {
  it.each([
    ['11 of 211, 5.2 %', 200, 11, true],
    ['10 of 210, 4.8 %', 200, 10, false],
    ['too few to tell', 199, 100, false],
    ['no bounce counted that day', 5000, undefined, false],
    ['nothing delivered any more', undefined, 200, true],
    ['nothing at all', undefined, undefined, false],
    ['50 of 1,000, 5 %, which is not above it', 950, 50, false],
    ['51 of 1,000', 949, 51, true],
  ])('%s', (_, delivered, bounced, expected) => {
    expect(fires(alarm('BounceRate'), { delivered: [delivered], bounced_hard: [bounced] })).toBe(expected);
  });
});

describe('the rate of complaints', () => {
  it.each([
    ['1 of 200, 0.5 %', 200, 1, true],
    ['1 of 199, too few to tell', 199, 1, false],
    ['1 of 1,000, 0.1 %, which is not above it', 1000, 1, false],
    ['2 of 1,999', 1999, 2, true],
    ['none counted that day', 5000, undefined, false],
    ['nothing delivered that day', undefined, 7, false],
  ])('%s', (_, delivered, complained, expected) => {
    expect(fires(alarm('ComplaintRate'), { delivered: [delivered], complained: [complained] })).toBe(expected);
  });

  it('is of a day, like that of bounces, and in percent', () => {
    const day = { EvaluationPeriods: 1, Threshold: expect.any(Number) };

    expect([alarm('BounceRate'), alarm('ComplaintRate')]).toEqual([
      expect.objectContaining({ ...day, Threshold: 5 }),
      expect.objectContaining({ ...day, Threshold: 0.1 }),
    ]);
    for (const rate of ['BounceRate', 'ComplaintRate']) {
      expect(watchedBy(alarm(rate)).map(({ period }) => period)).toEqual([86_400, 86_400]);
    }
    expect(valuesOf(alarm('BounceRate'), { delivered: [300], bounced_hard: [100] })).toEqual([25]);
  });
});

describe('the alarm that nothing is recorded', () => {
  const silent = alarm('NothingRecorded');
  const none = undefined;

  it.each([
    ['one email sent, and 30 minutes without a record', [none, 1, none], [none, none, none], true],
    ['email sent all the time, and 30 minutes without a record', [9, 9, 9], [9, none, none], true],
    ['sent in the last second of a period, recorded in the next', [none, none, 1, none], [none, none, none, 1], false],
    ['sent just now, after a quiet night', [none, none, none, 1], [none, none, none, none], false],
    ['recorded as it is sent', [5, 5, 5], [9, 9, 9], false],
    ['nothing sent, old mail still delivered', [none, none, none], [1, none, 1], false],
    ['recorded again after a time without', [9, 9, 9, 9], [none, none, 9, 9], false],
  ])('%s', (_, Send, Latency, expected) => {
    expect(fires(silent, { Send, Latency })).toBe(expected);
  });

  it('looks at half an hour, and at two values at least, so that there is a difference', () => {
    expect(watchedBy(silent).map(({ period }) => period)).toEqual([900, 900]);
    expect([silent.EvaluationPeriods, silent.DatapointsToAlarm]).toEqual([2, 1]);
  });

  it('counts what SES sends with this configuration set, by the tag that SES itself gives', () => {
    const [counter, ...others] = stack
      .all('AWS::SES::ConfigurationSetEventDestination')
      .flatMap(([, { Properties }]) => (Properties.EventDestination.CloudWatchDestination ? [Properties] : []));
    const set = counter.ConfigurationSetName;

    expect(others).toEqual([]);
    expect(stack.at(set).Type).toBe('AWS::SES::ConfigurationSet');
    expect(counter.EventDestination).toEqual({
      Enabled: true,
      MatchingEventTypes: ['send'],
      CloudWatchDestination: {
        DimensionConfigurations: [
          {
            DimensionName: 'ses:configuration-set',
            DimensionValueSource: 'messageTag',
            DefaultDimensionValue: set,
          },
        ],
      },
    });
    const [sends] = watchedBy(silent).filter(({ name }) => name === 'Send');
    expect(sends?.dimensions).toEqual({ 'ses:configuration-set': set });
    const [stored] = watchedBy(silent).filter(({ name }) => name === 'Latency');
    expect(stored).toMatchObject({ dimensions: { service: 'record-delivery' }, stat: 'SampleCount' });
  });
});
