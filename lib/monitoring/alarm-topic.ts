import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** Who gets an email when an alarm fires; nobody yet where it is absent. */
  readonly alarmEmail: string | undefined;
}

/** Where all alarms of the stack go. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { alarmEmail }: AlarmTopicProps) {
    super(scope, id);
    // Not encrypted at rest, like the topics of events: CloudWatch cannot use the key AWS manages for SNS. An alarm says
    // counts and names of queues.
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    const { account } = Stack.of(this);
    // A topic with a policy has lost SNS's own, by which anything of the account may publish: without this statement
    // every alarm would fire unheard.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
        },
      }),
    );
    if (alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(alarmEmail));
  }
}
