import type { Resources } from './resources.ts';

/** An event destination of a configuration set of SES. */
export type EventDestinationBlueprint = Readonly<{
  configurationSet: string;
  /** As in CloudFormation: `send`, `renderingFailure`. */
  eventTypes: readonly string[];
  /** ARN of the topic. */
  topic: string;
}>;

/** The template's configuration sets, by name. */
export const readConfigurationSets = (resources: Resources): readonly string[] =>
  resources.of('AWS::SES::ConfigurationSet').map(({ ref }) => ref);

/** A template's event destinations that publish to a topic and are enabled. */
export const readEventDestinations = (resources: Resources): readonly EventDestinationBlueprint[] => {
  const topics = resources.of('AWS::SNS::Topic').map((topic) => topic.attribute('TopicArn'));
  return resources
    .of('AWS::SES::ConfigurationSetEventDestination')
    .map(({ properties }) => ({ set: properties.at('ConfigurationSetName'), to: properties.at('EventDestination') }))
    .filter(({ to }) => to.at('Enabled').flag(true) && to.at('SnsDestination').given)
    .map(({ set, to }) => {
      const topic = to.at('SnsDestination').at('TopicARN');
      if (!topics.includes(topic.text()))
        throw topic.broken(`is ${topic.text()}, which is not a topic of the template`);
      return {
        configurationSet: set.text(),
        eventTypes: to.at('MatchingEventTypes').texts(),
        topic: topic.text(),
      };
    });
};
