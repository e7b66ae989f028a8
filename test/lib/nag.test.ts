import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../lib/app.ts';
import { MailtrailStack } from '../../lib/mailtrail-stack.ts';
import { readSettings } from '../../lib/settings/settings.ts';
import { temporaryFolder } from './synthesized.ts';

const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

/** Synthesizes under cdk-nag's AwsSolutions rules and gives what it found, as `rule path`. */
const findingsOf = (app: App): readonly string[] => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') throw error;
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  type Violation = { ruleName: string; violatingConstructs: { constructPath: string }[] };
  return pluginReports.flatMap(({ violations }: { violations: Violation[] }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
};

describe("cdk-nag's rules for AWS solutions", () => {
  it.each<[string, Record<string, unknown>]>([
    ['as it is by default', {}],
    [
      'with everything optional',
      {
        jwtIssuer: 'https://id.club.example',
        jwtAudience: 'front-end',
        corsOrigins: 'https://app.club.example',
        legacyIdentities: 'club.example',
        alarmEmail: 'office@club.example',
        trackingDomain: 'click.club.example',
        trial: true,
        maxConcurrency: 5,
        statusEvents: true,
      },
    ],
  ])('find nothing unexplained in the stack %s', (_, context) => {
    expect(findingsOf(createApp({ context: { ...context, ...UNBUNDLED }, outdir: temporaryFolder() }))).toEqual([]);
  });

  it('are really asked: a queue without more is found', () => {
    const app = new App({ context: UNBUNDLED, outdir: temporaryFolder() });
    const stack = new MailtrailStack(app, 'Mailtrail', { settings: readSettings({}) });
    new Queue(stack, 'Bare');

    expect(findingsOf(app)).toEqual([
      'AwsSolutions-SQS3 Mailtrail/Bare/Resource',
      'AwsSolutions-SQS4 Mailtrail/Bare/Resource',
    ]);
  });

  it('have exceptions with a reason each, of as few resources as there are', () => {
    const settings = readSettings({ statusEvents: true });
    const stack = new MailtrailStack(new App({ context: UNBUNDLED }), 'Mailtrail', { settings });
    const exceptions = stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .map(({ data }) => [node.path, JSON.stringify(data)]),
      );

    const named = exceptions.map(([path]) => path?.split('/').slice(-2).join('/')).sort();
    const feeds = ['Bounce', 'Click', 'Complaint', 'Delivery', 'Open', 'Subscription'];
    expect(named).toEqual(
      [
        ...feeds.map((feed) => `${feed}/Undelivered`),
        ...['Counting/Failed', 'CountStatuses/Role'],
        // Of two tables' streams.
        ...['StatusEvents/Failed', 'PublishStatusEvents/Role', 'PublishStatusEvents/Role'],
        ...['QueueSuppressions/Role', 'MirrorSuppressions/Role', 'ImportSuppressions/Role'],
        'LinkSecret/Secret',
        ...['GET --u', 'HEAD --u', 'POST --u', 'GET --r', 'HEAD --r'].map((route) => `QueryApi/${route}--{token}`),
        // SES's identities, and the stack's schedules.
        ...['AcceptMail/Role', 'AcceptMail/Role'],
        // SES's identities, and the account.
        ...['SendEmail/Role', 'SendEmail/Role', 'SendMessages/Role', 'SendMessages/Role'],
      ].sort(),
    );
    for (const [, data] of exceptions)
      expect(data).toMatch(
        /dead-letter queue itself|asks for ListStreams|no resource that a policy|carries a signature|not be rotated|said with each mailing/,
      );
  });
});
