import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Mailtrail } from './mailtrail.ts';
import type { Settings } from './settings/settings.ts';

export interface MailtrailStackProps {
  readonly settings: Settings;
}

/** A stack that is Mailtrail and nothing else, for any account and region. */
export class MailtrailStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: MailtrailStackProps) {
    super(scope, id, {
      description: 'Mailtrail: what happened to every email sent through Amazon SES',
      // Turned off in the CloudFormation console before a stack can be deleted; a trial is meant to be deleted.
      terminationProtection: !settings.trial,
    });
    const { stackName: _, ...props } = settings;
    // A construct of this id adds nothing to the logical ids of what is in it.
    const mailtrail = new Mailtrail(this, 'Default', props);

    this.#output('ApiUrl', mailtrail.apiUrl, 'Where the API answers');
    this.#output('ApiDomainTarget', mailtrail.apiDomainTarget, 'What the CNAME record of apiDomainName must point at');
    this.#output(
      'ConfigurationSetName',
      mailtrail.configurationSet.configurationSetName,
      'What to send with, so that SES reports what happens',
    );
    this.#output(
      'ImportSuppressionsFunctionName',
      mailtrail.importSuppressions.functionName,
      'What "npm run import-suppressions" invokes',
    );
    this.#output('EmailStatusTableName', mailtrail.emailStatusTable.tableName);
    this.#output('SuppressionsTableName', mailtrail.suppressionsTable.tableName);
    this.#output('CampaignsTableName', mailtrail.campaignsTable.tableName);
    this.#output('MailingsTableName', mailtrail.mailingsTable.tableName);
    this.#output(
      'AlarmTopicArn',
      mailtrail.alarmTopic.topicArn,
      'Where alarms are published; subscribe to receive them',
    );
    this.#output('DashboardName', mailtrail.dashboard.dashboardName, 'In CloudWatch, Dashboards');
    this.#output(
      'EventBusName',
      mailtrail.eventBus?.eventBusName,
      'The event bus that changes are published to; put rules on it to receive them',
    );
    for (const [kind, topic] of Object.entries(mailtrail.legacyTopics)) {
      this.#output(
        `${kind}TopicArn`,
        topic.topicArn,
        `Where an identity publishes its ${kind.toLowerCase()} notifications`,
      );
    }
  }

  #output(id: string, value: string | undefined, description?: string): void {
    if (value !== undefined) new CfnOutput(this, id, { value, ...(description !== undefined && { description }) });
  }
}
