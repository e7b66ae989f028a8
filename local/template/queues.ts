import type { Resources } from './resources.ts';

/** A queue to make. */
export type QueueBlueprint = Readonly<{
  name: string;
  arn: string;
  /** Keeps the order of each message group, and drops repeats. */
  fifo?: boolean;
  /** Bytes a message may have. */
  maximumMessageSize: number;
  /** Where a message goes that was received so often and is still not done. */
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

/** @throws BrokenTemplate where the value is the ARN of none of these queues */
export const knownQueue = (
  value: Readonly<{ text: () => string; broken: (problem: string) => Error }>,
  arns: ReadonlySet<string>,
): string => {
  const arn = value.text();
  if (!arns.has(arn)) throw value.broken(`is ${arn}, which is no queue of the template`);
  return arn;
};
