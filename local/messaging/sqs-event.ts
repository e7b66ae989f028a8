import { createHash, randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { QueuedMessage } from './queue.ts';

/** The event Lambda makes of received messages. */
export const sqsEvent = (messages: readonly QueuedMessage[], queueArn: string): SQSEvent => ({
  Records: messages.map((message) => record(message, queueArn)),
});

const record = (message: QueuedMessage, eventSourceARN: string): SQSRecord => ({
  messageId: message.id,
  receiptHandle: randomUUID(),
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: LOCAL_ACCOUNT,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.group !== undefined && { MessageGroupId: message.group }),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: LOCAL_REGION,
});
