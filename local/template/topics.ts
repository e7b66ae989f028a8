import { type FilterPolicy, readFilterPolicy } from './filter-policy.ts';
import { knownQueue } from './queues.ts';
import type { NamedResource, Resources } from './resources.ts';

/** A topic to create. */
export type TopicBlueprint = Readonly<{
  name: string;
  logicalId: string;
  arn: string;
  subscriptions: readonly SubscriptionBlueprint[];
}>;

/** Queues are given by ARN. */
export type SubscriptionBlueprint = Readonly<{
  queue: string;
  /** Raw message delivery: the bare message instead of an SNS envelope around it. */
  raw: boolean;
  filter: FilterPolicy | undefined;
  /** The target of a message that the queue does not accept. */
  deadLetterQueue: string | undefined;
}>;

/**
 * The topics of a template and the queues subscribed to them. Subscriptions of people (email, sms, https) are left out,
 * since nothing leaves this machine, and so is the topic of alarms, to which only CloudWatch publishes.
 */
export const readTopics = (resources: Resources): readonly TopicBlueprint[] => {
  const queues = new Set(resources.of('AWS::SQS::Queue').map((queue) => queue.attribute('Arn')));
  const subscriptions = resources
    .of('AWS::SNS::Subscription')
    .filter(isInside)
    .map((subscription) => ({
      topic: subscription.properties.at('TopicArn').text(),
      blueprint: readSubscription(subscription, queues),
    }));
  const forAlarms = new Set(resources.of('AWS::CloudWatch::Alarm').flatMap(actionsOf));
  const topics = resources.of('AWS::SNS::Topic').filter(({ attribute }) => !forAlarms.has(attribute('TopicArn')));
  return topics.map(({ name, logicalId, attribute }) => ({
    name,
    logicalId,
    arn: attribute('TopicArn'),
    subscriptions: subscriptions
      .filter(({ topic }) => topic === attribute('TopicArn'))
      .map(({ blueprint }) => blueprint),
  }));
};

const actionsOf = ({ properties }: NamedResource): readonly string[] => {
  const actions = properties.at('AlarmActions');
  return actions.given ? actions.texts() : [];
};

const isInside = ({ properties }: NamedResource): boolean => {
  const protocol = properties.at('Protocol');
  if (protocol.text() === 'sqs') return true;
  if (/^(email|email-json|sms|https?|application)$/.test(protocol.text())) return false;
  throw protocol.broken(`is ${protocol.text()}: only sqs is supported here`);
};

const readSubscription = ({ properties }: NamedResource, queues: ReadonlySet<string>): SubscriptionBlueprint => {
  const deadLetters = properties.at('RedrivePolicy').at('deadLetterTargetArn');
  const filter = properties.at('FilterPolicy');
  return {
    queue: knownQueue(properties.at('Endpoint'), queues),
    raw: properties.at('RawMessageDelivery').flag(false),
    filter: filter.given ? readFilterPolicy(filter, properties.at('FilterPolicyScope')) : undefined,
    deadLetterQueue: deadLetters.given ? knownQueue(deadLetters, queues) : undefined,
  };
};
