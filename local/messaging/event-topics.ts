import type { EventDestinationBlueprint } from '../template/configuration-sets.ts';
import type { Topic } from './topic.ts';

/** The stack's topics, and the event types that SES publishes to each. */
export type EventTopics = Readonly<{
  all: readonly Topic[];
  destinations: readonly EventDestinationBlueprint[];
}>;

export type Choice = Readonly<{ topic: Topic }> | Readonly<{ unknown: string }> | Readonly<{ unclear: string }>;

/**
 * The topic for a body: the named one, by short name or logical id; otherwise the one to which SES publishes events of
 * the body's type. The type is also read inside an SNS envelope.
 *
 * @param name as given by the caller; `undefined` if none was given
 */
export const chooseTopic = (topics: EventTopics, body: string, name: string | undefined): Choice => {
  const names = topics.all.map((topic) => topic.name).join(', ');
  if (name !== undefined) {
    const topic = topics.all.find((one) => one.name === name || one.logicalId === name);
    return topic ? { topic } : { unknown: `There is no topic "${name}"; there are ${names}.` };
  }
  const advice = `To publish it anyway, name the topic: ?topic= one of ${names}.`;
  const type = eventType(body);
  if (type === undefined) {
    return {
      unclear: `The body is not an SES event in JSON: it has neither eventType nor notificationType. ${advice}`,
    };
  }
  const destination = topics.destinations.find(({ eventTypes }) => eventTypes.some((one) => fold(one) === fold(type)));
  const topic = topics.all.find(({ arn }) => arn === destination?.topic);
  return topic ? { topic } : { unclear: `No topic is subscribed to events of type ${JSON.stringify(type)}. ${advice}` };
};

/** `renderingFailure` in CloudFormation, `Rendering Failure` in an event, `RENDERING_FAILURE` in the API. */
const fold = (type: string): string => type.replaceAll(/[ _]/g, '').toLowerCase();

const eventType = (body: string): string | undefined => {
  const outer = object(body);
  const event = outer?.Type === 'Notification' && typeof outer.Message === 'string' ? object(outer.Message) : outer;
  const type = event?.eventType ?? event?.notificationType;
  return typeof type === 'string' ? type : undefined;
};

const object = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};
