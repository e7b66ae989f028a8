import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/**
 * How many messages a queue holds: those that wait, those that wait for their delay, and those that a consumer has. SQS
 * says it approximately, and some seconds late (API reference, GetQueueAttributes). Throws what the SDK throws.
 */
export type QueueLength = () => Promise<number>;

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
] as const;

/** @returns NaN from a queue that does not say, which is below no limit */
export const queueLength =
  (client: Pick<SQSClient, 'send'>, QueueUrl: string): QueueLength =>
  async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] });
    const { Attributes = {} } = await client.send(command);
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  };
