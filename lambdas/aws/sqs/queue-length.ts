import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/**
 * The number of messages in a queue: visible, delayed, and in flight. The numbers are approximate and some seconds old (API
 * reference, GetQueueAttributes). Throws what the SDK throws.
 */
export type QueueLength = () => Promise<number>;

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
] as const;

/** @returns NaN if the queue returns no numbers; NaN is not below any limit */
export const queueLength =
  (client: Pick<SQSClient, 'send'>, QueueUrl: string): QueueLength =>
  async () => {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] });
    const { Attributes = {} } = await client.send(command);
    return COUNTS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  };
