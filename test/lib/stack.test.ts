import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../lib/app.ts';
import { MailtrailStack } from '../../lib/mailtrail-stack.ts';
import { readSettings } from '../../lib/settings/settings.ts';
import { idOf, type Json, plain, render, Synthesized, synthesize, temporaryFolder } from './synthesized.ts';

const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };
const stack = synthesize();
const functions = stack.all('AWS::Lambda::Function');

describe('every function', () => {
  it.each(functions)(
    '%s runs on arm64 with Node.js 24, and only as much of it as the account gives',
    (id, { Properties }) => {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        // The pixel's function mostly waits; accepting 5,000 recipients is a processor's work for seconds, and so is
        // queueing or ending them.
        MemorySize:
          { PublicLinksTrackReadFunction: 256, AcceptMailFunction: 1_769, AdvanceCampaignsFunction: 1_769 }[
            plain(id)
          ] ?? 512,
        Handler: 'index.handler',
      });
      // Reserved concurrency fails on new accounts.
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    },
  );

  it('answers, in the API, before API Gateway stops waiting', () => {
    const query = functions.find(([id]) => plain(id) === 'QueryFunctionsQueryStatusFunction')?.[1];

    expect(query?.Properties.Timeout).toBeLessThan(30);
  });

  it('is told its tables, how long to keep, and how to log', () => {
    const told = Object.fromEntries(
      functions.map(([id, { Properties }]) => {
        const { POWERTOOLS_SERVICE_NAME, POWERTOOLS_METRICS_NAMESPACE, POWERTOOLS_LOG_LEVEL, ...own } =
          Properties.Environment.Variables;
        expect([POWERTOOLS_METRICS_NAMESPACE, POWERTOOLS_LOG_LEVEL]).toEqual(['Mailtrail', 'INFO']);
        const named = POWERTOOLS_SERVICE_NAME.replaceAll(/(?:^|-)(.)/g, (_: string, c: string) => c.toUpperCase());
        // One code sends for both queues, and is counted as one.
        if (plain(id) !== 'SendEmailSendMessagesFunction') expect(plain(id)).toMatch(new RegExp(`${named}Function$`));
        return [
          POWERTOOLS_SERVICE_NAME,
          Object.entries(own)
            .map(([name, value]) => `${name} ${render(value)}`)
            .sort(),
        ];
      }),
    );
    const record = ['EMAIL_STATUS_TABLE {EmailStatusTable}', 'ERASURES_TABLE {ErasuresTable}', 'RETENTION_DAYS 400'];
    const suppress = [...record, 'SUPPRESSIONS_TABLE {SuppressionsTable}'];

    expect(told).toEqual({
      'record-delivery': record,
      'record-bounce': [...suppress, 'SOFT_BOUNCES 3', 'SOFT_BOUNCE_DAYS 30', 'SOFT_BOUNCE_HOURS 72'].sort(),
      'record-complaint': suppress,
      'record-open': record,
      'record-click': ['CLICKED_LINKS short', ...record],
      'record-subscription': suppress,
      'queue-suppressions': [
        'MIRROR_QUEUE_URL {SuppressionSyncSuppressionMirrorQueue}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'mirror-suppressions': ['SES_CALL_INTERVAL 1000', 'SUPPRESSIONS_TABLE {SuppressionsTable}'],
      'import-suppressions': [
        ...['ERASURES_TABLE {ErasuresTable}', 'SES_CALL_INTERVAL 1000', 'SUPPRESSIONS_TABLE {SuppressionsTable}'],
      ],
      'erase-recipient': [
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'ERASURES_TABLE {ErasuresTable}',
        'ERASURE_QUEUE_URL {ErasureQueue}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'delete-emails': [
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'ERASURE_QUEUE_URL {ErasureQueue}',
        'MAILINGS_TABLE {MailingsTable}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'unsubscribe-recipient': [
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'LINK_SECRET_ARN {LinkSecret}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'track-read': ['EMAIL_STATUS_TABLE {EmailStatusTable}', 'LINK_SECRET_ARN {LinkSecret}'],
      'send-email': [
        'CONFIGURATION_SET {ConfigurationSet}',
        'EMAILS_QUEUE_URL {SendingQueuesEmailsToSendQueue}',
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'LINK_SECRET_ARN {LinkSecret}',
        'MAILINGS_TABLE {MailingsTable}',
        'MESSAGES_QUEUE_URL {SendingQueuesMessagesToSendQueue}',
        'MESSAGE_QUOTA_PERCENT 5',
        'PUBLIC_URL {QueryApi}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'accept-mail': [
        'CAMPAIGNS_QUEUE_ARN {SendingQueuesCampaignsToAdvanceQueue}',
        'CAMPAIGNS_QUEUE_URL {SendingQueuesCampaignsToAdvanceQueue}',
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'IDEMPOTENCY_TABLE {IdempotencyTable}',
        'MAILINGS_TABLE {MailingsTable}',
        'MESSAGES_QUEUE_URL {SendingQueuesMessagesToSendQueue}',
        'RETENTION_DAYS 400',
        'SCHEDULE_GROUP {AcceptMailSchedules}',
        'SCHEDULE_ROLE_ARN {AcceptMailSchedulerRole}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
      'advance-campaigns': [
        'CAMPAIGNS_QUEUE_URL {SendingQueuesCampaignsToAdvanceQueue}',
        'EMAILS_QUEUE_URL {SendingQueuesEmailsToSendQueue}',
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'MAILINGS_TABLE {MailingsTable}',
      ],
      'sweep-emails': [
        'CAMPAIGNS_QUEUE_URL {SendingQueuesCampaignsToAdvanceQueue}',
        'EMAILS_QUEUE_URL {SendingQueuesEmailsToSendQueue}',
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'MAILINGS_TABLE {MailingsTable}',
        'MESSAGES_QUEUE_URL {SendingQueuesMessagesToSendQueue}',
      ],
      'explain-statuses': [],
      'count-statuses': ['CAMPAIGNS_TABLE {CampaignsTable}'],
      'query-status': [
        'CAMPAIGNS_TABLE {CampaignsTable}',
        'EMAIL_STATUS_TABLE {EmailStatusTable}',
        'MAILINGS_TABLE {MailingsTable}',
        'SUPPRESSIONS_TABLE {SuppressionsTable}',
      ],
    });
  });

  it('has a log group of its own, which ends', () => {
    const groups = functions.map(([, { Properties }]) => idOf(Properties.LoggingConfig.LogGroup));

    expect(new Set(groups).size).toBe(functions.length);
    // The access log is the one more.
    expect(stack.all('AWS::Logs::LogGroup')).toHaveLength(functions.length + 1);
    for (const [, { Properties, DeletionPolicy }] of stack.all('AWS::Logs::LogGroup')) {
      expect([Properties.RetentionInDays, DeletionPolicy]).toEqual([30, 'Delete']);
    }
  });
});

describe('the stack', () => {
  it('names no resource, so that copies of it fit one account', () => {
    // Required, and unique only within the role, the table, the API it belongs to; an API's name is only shown.
    const inner = [
      'AWS::IAM::Policy',
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Stage',
      'AWS::ApiGatewayV2::Authorizer',
    ];
    const named = Object.entries(stack.resources).flatMap(([id, { Type, Properties = {} }]) =>
      Object.entries(Properties)
        .filter(([name, value]) => /(?<!Metric)Name$/.test(name) && typeof value === 'string' && !inner.includes(Type))
        .map(([name]) => `${id} ${name}`),
    );

    expect(named).toEqual([]);
    for (const [, { Properties }] of stack.all('AWS::SES::ConfigurationSetEventDestination')) {
      expect(Properties.EventDestination).not.toHaveProperty('Name');
    }
    for (const output of Object.values(stack.template.findOutputs('*'))) expect(output).not.toHaveProperty('Export');
  });

  it('can be there twice', () => {
    const app = new App({ context: UNBUNDLED, outdir: temporaryFolder() });
    const stacks = ['One', 'Two'].map((id) => new MailtrailStack(app, id, { settings: readSettings({}) }));
    const [one, two] = stacks.map((each) => new Synthesized(Template.fromStack(each)));

    expect(Object.keys(one?.resources ?? {})).toHaveLength(Object.keys(stack.resources).length);
    expect(Object.keys(two?.resources ?? {})).toHaveLength(Object.keys(stack.resources).length);
    expect(JSON.stringify(two?.template.toJSON())).not.toContain('One');
  });

  it('counts apart from a copy of it', () => {
    const namespaces = synthesize({ stackName: 'Spring' })
      .all('AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Environment.Variables.POWERTOOLS_METRICS_NAMESPACE);

    expect(new Set(namespaces)).toEqual(new Set(['Spring']));
  });

  it('is called as context says', () => {
    const { stacks } = createApp({ context: { ...UNBUNDLED, stackName: 'Spring' }, outdir: temporaryFolder() }).synth();

    expect(stacks.map(({ stackName }) => stackName)).toEqual(['Spring']);
  });

  it('tells where the API is, what to send with, and where the rows are', () => {
    const outputs = Object.entries(stack.template.findOutputs('*')).map(([name, { Value }]: [string, Json]) => [
      name,
      plain(idOf(Value)),
    ]);

    expect(Object.fromEntries(outputs)).toEqual({
      ApiUrl: 'QueryApi',
      ConfigurationSetName: 'ConfigurationSet',
      EmailStatusTableName: 'EmailStatusTable',
      ImportSuppressionsFunctionName: 'SuppressionSyncImportSuppressionsFunction',
      SuppressionsTableName: 'SuppressionsTable',
      CampaignsTableName: 'CampaignsTable',
      MailingsTableName: 'MailingsTable',
      AlarmTopicArn: 'MonitoringAlarmTopic',
      DashboardName: 'MonitoringDashboard',
    });
  });

  it('knows no account, no region, no look-up', () => {
    const assembly = createApp({ context: UNBUNDLED, outdir: temporaryFolder() }).synth();

    expect(assembly.manifest.missing).toBeUndefined();
    expect(assembly.stacks[0]?.environment.name).toBe('aws://unknown-account/unknown-region');
  });
});
