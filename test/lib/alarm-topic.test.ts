import { describe, expect, it } from 'vitest';
import { idOf, type Json, plain, render, synthesize } from './synthesized.ts';

const stack = synthesize();

describe('the topic of alarms', () => {
  it('takes what alarms of this account publish, over TLS, and nothing else', () => {
    const policies = stack
      .all('AWS::SNS::TopicPolicy')
      .map(([, { Properties }]) => Properties)
      .filter(({ Topics }) => plain(idOf(Topics[0])) === 'MonitoringAlarmTopic');
    const [[deny, allow, ...more]] = policies.map(({ PolicyDocument }) => PolicyDocument.Statement) as [Json[]];

    expect([policies.length, more]).toEqual([1, []]);
    expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(allow).toMatchObject({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(render(allow.Condition.ArnLike['aws:SourceArn'])).toMatch(/^arn:.*:cloudwatch:.*:alarm:\*$/);
  });

  it('writes to nobody by default, and to the address of the context', () => {
    const emails = (context = {}) =>
      synthesize(context)
        .all('AWS::SNS::Subscription')
        .flatMap(([, { Properties }]) => (Properties.Protocol === 'sqs' ? [] : [Properties]));

    expect(emails()).toEqual([]);
    expect(emails({ alarmEmail: 'office@club.example' })).toEqual([
      { Protocol: 'email', Endpoint: 'office@club.example', TopicArn: { Ref: expect.stringContaining('AlarmTopic') } },
    ]);
  });
});
