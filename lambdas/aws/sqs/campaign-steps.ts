import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Resending, ResendPosition, Step } from '../../domain/mailing/jobs.ts';
import { isObject, optional } from '../../domain/values/json.ts';
import { fieldsOf, isFilled, UnreadableMessage } from './queue.ts';

/** The queue of campaigns to advance. */
export type CampaignSteps = Readonly<{
  /** Queues a step of a campaign; `delay` is in seconds, at most 900. Throws what the SDK throws. */
  enqueue: (step: Step, delay?: number) => Promise<void>;
}>;

export const campaignSteps = (client: Pick<SQSClient, 'send'>, QueueUrl: string): CampaignSteps => ({
  enqueue: async (step, DelaySeconds = 0) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(step), DelaySeconds }));
  },
});

/** Reads the step from a queue message. @throws UnreadableMessage */
export const readStep = (body: string): Step => {
  const fields = fieldsOf(body);
  const { campaignId, why } = fields;
  if (!isFilled(campaignId)) throw new UnreadableMessage('the message has no campaignId');
  if (why === 'resend') return readResending(campaignId, fields);
  // Every step reads the campaign's state, so the reasons of a newer version can be treated as `continue`.
  return { campaignId, why: why === 'start' || why === 'sendAt' || why === 'expiresAt' ? why : 'continue' };
};

/** Every field that selects emails must be valid: without it, more emails would be sent again. */
const readResending = (campaignId: string, fields: Readonly<Record<string, unknown>>): Resending => {
  const { recipients, reason, askedAt, after } = fields;
  const isList = Array.isArray(recipients) && recipients.every((recipient) => typeof recipient === 'string');
  if (recipients !== undefined && !isList)
    throw new UnreadableMessage('the message has recipients that are not strings');
  if (reason !== undefined && typeof reason !== 'string')
    throw new UnreadableMessage('the message has a reason that is not a string');
  if (recipients === undefined && reason === undefined) throw new UnreadableMessage('the message selects no emails');
  if (typeof askedAt !== 'string') throw new UnreadableMessage('the message has no askedAt');
  return {
    ...{ campaignId, why: 'resend', askedAt },
    ...(isList && { recipients }),
    ...optional(fields, 'string', ['reason']),
    ...(after !== undefined && { after: readPosition(after) }),
  };
};

const readPosition = (value: unknown): ResendPosition => {
  const { shard, recipient, messageId } = isObject(value) ? value : {};
  if (typeof shard !== 'number' || typeof recipient !== 'string' || typeof messageId !== 'string') {
    throw new UnreadableMessage('the message has an unreadable position');
  }
  return { shard, recipient, messageId };
};
