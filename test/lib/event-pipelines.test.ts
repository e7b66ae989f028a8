import { EmailSendingEvent } from 'aws-cdk-lib/aws-ses';
import { describe, expect, it } from 'vitest';
import { idOf, type Json, render, synthesize } from './synthesized.ts';

const stack = synthesize();
const destinations = stack
  .all('AWS::SES::ConfigurationSetEventDestination')
  .filter(([, { Properties }]) => Properties.EventDestination.SnsDestination);
const subscriptions = stack.all('AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
const topics = stack.eventTopics;

describe('the configuration set', () => {
  it('publishes each of the ten event types, once, to the function that records it', () => {
    const recorders: Record<string, string> = {};
    for (const [, { Properties }] of destinations) {
      const { EventDestination, ConfigurationSetName } = Properties;
      const { consumer } = stack.follow(idOf(EventDestination.SnsDestination.TopicARN));
      for (const type of EventDestination.MatchingEventTypes) {
        expect(recorders).not.toHaveProperty(type);
        recorders[type] = consumer.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME;
      }
      expect(EventDestination.Enabled).toBe(true);
      expect(stack.at(ConfigurationSetName).Type).toBe('AWS::SES::ConfigurationSet');
    }

    expect(recorders).toEqual({
      send: 'record-delivery',
      delivery: 'record-delivery',
      deliveryDelay: 'record-delivery',
      reject: 'record-delivery',
      renderingFailure: 'record-delivery',
      bounce: 'record-bounce',
      complaint: 'record-complaint',
      open: 'record-open',
      click: 'record-click',
      subscription: 'record-subscription',
    });
    expect(Object.keys(recorders).sort()).toEqual(Object.values(EmailSendingEvent).sort());
  });

  it('waits with each destination for the policy that lets it publish', () => {
    for (const [, { Properties, DependsOn }] of destinations) {
      const policies = (DependsOn ?? [])
        .map((Ref) => stack.at({ Ref }))
        .filter(({ Type }) => Type === 'AWS::SNS::TopicPolicy');

      expect(policies.flatMap(({ Properties: { Topics } }) => Topics.map(idOf))).toEqual([
        idOf(Properties.EventDestination.SnsDestination.TopicARN),
      ]);
    }
  });

  it('keeps reputation metrics, and lets bounces and complaints suppress', () => {
    const [[, { Properties }]] = stack.all('AWS::SES::ConfigurationSet') as [[string, Json]];

    expect(Properties).toEqual({
      DeliveryOptions: { TlsPolicy: 'OPTIONAL' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });
});

describe('a topic', () => {
  it('takes what this configuration set of this account publishes, over TLS, and nothing else', () => {
    const policies = stack
      .all('AWS::SNS::TopicPolicy')
      .map(([, { Properties }]) => Properties)
      .filter(({ Topics }) => topics.includes(idOf(Topics[0])));

    expect(policies.flatMap(({ Topics }) => Topics.map(idOf)).sort()).toEqual([...topics].sort());
    for (const { PolicyDocument, Topics } of policies) {
      const [deny, allow, ...more] = PolicyDocument.Statement;
      expect(more).toEqual([]);
      expect(deny).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
      expect(allow).toMatchObject({
        Effect: 'Allow',
        Principal: { Service: 'ses.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: Topics[0],
      });
      const { 'AWS:SourceAccount': account, 'AWS:SourceArn': source, ...others } = allow.Condition.StringEquals;
      expect([Object.keys(allow.Condition), others]).toEqual([['StringEquals'], {}]);
      expect(account).toEqual({ Ref: 'AWS::AccountId' });
      expect(render(source)).toMatch(/^arn:.*:ses:.*:configuration-set\/\{ConfigurationSet\}$/);
    }
  });

  it('hands over SNS’s envelope, whose time stays in repeats and redrives, and what it cannot hand over goes to a queue', () => {
    expect(subscriptions.map(({ TopicArn }) => idOf(TopicArn)).sort()).toEqual([...topics].sort());
    for (const { Protocol, RawMessageDelivery, RedrivePolicy, FilterPolicy, Endpoint } of subscriptions) {
      expect({ Protocol, RawMessageDelivery, FilterPolicy }).toEqual({
        Protocol: 'sqs',
        RawMessageDelivery: undefined,
        FilterPolicy: undefined,
      });
      expect(stack.at(RedrivePolicy.deadLetterTargetArn).Type).toBe('AWS::SQS::Queue');
      expect(idOf(RedrivePolicy.deadLetterTargetArn)).not.toBe(
        idOf(stack.at(Endpoint).Properties.RedrivePolicy.deadLetterTargetArn),
      );
    }
  });
});
