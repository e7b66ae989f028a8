import type { Resources } from './resources.ts';

/** A queue to create. */
export type QueueBlueprint = Readonly<{
  name: string;
  arn: string;
  /** Whether it is a FIFO queue. */
  fifo?: boolean;
  /** The most bytes of a message. */
  maximumMessageSize: number;
  /** The target of a message that was received so often without being deleted. */
  redrive: Readonly<{ deadLetterQueue: string; maxReceiveCount: number }> | undefined;
}>;

/** SQS's own default and maximum: 1 MiB. */
const MAXIMUM_MESSAGE_SIZE = 1_048_576;

/** The queues of a template. `deadLetterQueue` is an ARN that is one of theirs. */
export const readQueues = (resources: Resources): readonly QueueBlueprint[] => {
  const queues = resources.of('AWS::SQS::Queue');
  const arns = new Set(queues.map((queue) => queue.attribute('Arn')));
  return queues.map(({ name, attribute, properties }) => {
    const policy = properties.at('RedrivePolicy');
    return {
      name,
      arn: attribute('Arn'),
      fifo: properties.at('FifoQueue').flag(false),
      maximumMessageSize: properties.at('MaximumMessageSize').number(MAXIMUM_MESSAGE_SIZE),
      redrive: policy.given
        ? {
            deadLetterQueue: knownQueue(policy.at('deadLetterTargetArn'), arns),
            maxReceiveCount: policy.at('maxReceiveCount').number(10),
          }
        : undefined,
    };
  });
};

/** @throws BrokenTemplate if the value is not the ARN of one of these queues */
export const knownQueue = (
  value: Readonly<{ text: () => string; broken: (problem: string) => Error }>,
  arns: ReadonlySet<string>,
): string => {
  const arn = value.text();
  if (!arns.has(arn)) throw value.broken(`is ${arn}, which is not a queue of the template`);
  return arn;
};
