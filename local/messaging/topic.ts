import { randomUUID } from 'node:crypto';
import { LOCAL_REGION } from '../process/local-dynamodb.ts';
import type { SubscriptionBlueprint, TopicBlueprint } from '../template/topics.ts';
import type { Queue } from './queue.ts';

/** The most bytes SNS accepts in one message by default (SNS guide, large-message-payloads). */
export const MAXIMUM_MESSAGE_BYTES = 262_144;

/** A topic as in SNS: delivers each message to every subscribed queue whose filter policy matches. */
export class Topic {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly #subscriptions: readonly SubscriptionBlueprint[];
  readonly #queues: ReadonlyMap<string, Queue>;

  /** @param queues by ARN; every queue that the subscriptions name */
  constructor({ name, logicalId, arn, subscriptions }: TopicBlueprint, queues: ReadonlyMap<string, Queue>) {
    this.name = name;
    this.logicalId = logicalId;
    this.arn = arn;
    this.#subscriptions = subscriptions;
    this.#queues = queues;
  }

  publish(body: string): void {
    for (const subscription of this.#subscriptions) {
      if (subscription.filter?.({ body, attributes: {} }) === false) continue;
      this.#deliver(subscription.raw || isEnveloped(body) ? body : envelope(this.arn, body), subscription);
    }
  }

  #deliver(body: string, { queue, deadLetterQueue }: SubscriptionBlueprint): void {
    try {
      this.#queues.get(queue)?.send(body);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // SNS does not retry a message that a queue rejects: it goes to the subscription's dead-letter queue or is lost.
      const now = Date.now();
      const message = { id: randomUUID(), body, sentAt: now, visibleAt: now, receiveCount: 0 };
      const whole = { ...message, firstReceivedAt: undefined, death: undefined };
      if (deadLetterQueue) this.#queues.get(deadLetterQueue)?.bury(whole, error.message, this.name);
    }
  }
}

/**
 * Whether a text is already a message of SNS (SNS Developer Guide, sns-message-and-json-formats), such as a replayed
 * dead letter: it is delivered unchanged, with its timestamp.
 */
const isEnveloped = (body: string): boolean => {
  if (!/"Type"\s*:/.test(body)) return false;
  try {
    const { Type, MessageId } = JSON.parse(body) ?? {};
    return TYPES.has(Type) && typeof MessageId === 'string';
  } catch {
    return false;
  }
};

const TYPES: ReadonlySet<unknown> = new Set(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']);

/** What a queue gets without raw message delivery. The signature is a placeholder: SNS's key is not available here. */
const envelope = (arn: string, body: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: arn,
    Message: body,
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: `https://sns.${LOCAL_REGION}.amazonaws.com/local.pem`,
    UnsubscribeURL: `https://sns.${LOCAL_REGION}.amazonaws.com/?Action=Unsubscribe`,
  });
