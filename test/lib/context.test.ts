import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../lib/app.ts';
import { type Json, plain, render, synthesize, temporaryFolder } from './synthesized.ts';

describe('context', () => {
  it('requireTls and trackingDomain reach the configuration set', () => {
    const [[, { Properties }]] = synthesize({ requireTls: 'true', trackingDomain: 'click.club.example' }).all(
      'AWS::SES::ConfigurationSet',
    ) as [[string, Json]];

    expect(Properties.DeliveryOptions).toEqual({ TlsPolicy: 'REQUIRE' });
    expect(Properties.TrackingOptions).toEqual({ CustomRedirectDomain: 'click.club.example' });
  });

  it('legacyIdentities opens the topics of legacy notifications, for exactly them', () => {
    const legacy = synthesize({ legacyIdentities: 'club.example,office@club.example' });
    const opened = legacy
      .all('AWS::SNS::TopicPolicy')
      .flatMap(([id, { Properties }]) =>
        Properties.PolicyDocument.Statement.filter((statement: Json) =>
          JSON.stringify(statement).includes(':identity/'),
        ).map((statement: Json) => [id, statement, Properties.Topics[0]]),
      );

    expect(opened.map(([id]) => plain(id)).sort()).toEqual([
      'RecordingBounceTopicPolicy',
      'RecordingComplaintTopicPolicy',
      'RecordingDeliveryTopicPolicy',
    ]);
    for (const [, { Sid: _, ...statement }, topic] of opened) {
      expect(statement).toEqual({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'ses.amazonaws.com' },
        Resource: topic,
        Condition: {
          StringEquals: {
            'aws:SourceAccount': { Ref: 'AWS::AccountId' },
            'aws:SourceArn': [expect.anything(), expect.anything()],
          },
        },
      });
      expect(statement.Condition.StringEquals['aws:SourceArn'].map(render)).toEqual(
        ['club.example', 'office@club.example'].map(
          (identity) => `arn:{AWS::Partition}:ses:{AWS::Region}:{AWS::AccountId}:identity/${identity}`,
        ),
      );
    }
    const outputs = Object.keys(legacy.template.toJSON().Outputs).filter((name) => name.endsWith('TopicArn'));
    expect(outputs.sort()).toEqual(['AlarmTopicArn', 'BounceTopicArn', 'ComplaintTopicArn', 'DeliveryTopicArn']);
  });

  it.each([5, 8, 200])('maxConcurrency %i is reserved for each function and covers what its queue may take', (most) => {
    const capped = synthesize({ maxConcurrency: most });

    expect(capped.all('AWS::Lambda::Function')).toHaveLength(21); // The account needs what docs/deploying.md says.
    for (const [, { Properties }] of capped.all('AWS::Lambda::Function')) {
      expect(Properties.ReservedConcurrentExecutions).toBe(most);
    }
    for (const [, { Properties }] of capped.all('AWS::Lambda::EventSourceMapping')) {
      if (!Properties.StartingPosition) expect(Properties.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(most);
    }
  });

  it('retentionDays and logRetentionDays reach functions and logs', () => {
    const brief = synthesize({ retentionDays: 30, logRetentionDays: 7 });
    const told = brief
      .all('AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Environment.Variables.RETENTION_DAYS);

    expect(told.filter(Boolean)).toEqual(Array(7).fill('30'));
    for (const [, { Properties }] of brief.all('AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(7);
  });

  it('is read in one file', () => {
    const lib = join(import.meta.dirname, '../../lib');
    const readers = readdirSync(lib, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => /[cC]ontext\(/.test(readFileSync(join(lib, file), 'utf8')));

    // app.ts hands it over.
    expect(readers).toEqual(['app.ts']);
  });

  it('that is wrong stops the app with a sentence', () => {
    expect(() => createApp({ context: { trial: 'maybe' }, outdir: temporaryFolder() })).toThrow(
      'trial is "maybe": it must be true or false.',
    );
  });
});
