import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Resending, ResendPosition, Step } from '../../domain/mailing/jobs.ts';
import { isObject, optional } from '../../domain/values/json.ts';
import { fieldsOf } from './message-body.ts';
import { UnreadableMessage } from './queue.ts';

/** The queue of campaigns, as the one uses it who works them off. */
export type CampaignSteps = Readonly<{
  /** What is left is gone on with by a message of its own; `delay` in seconds, 900 at most. */
  goOn: (step: Step, delay?: number) => Promise<void>;
}>;

export const campaignSteps = (client: Pick<SQSClient, 'send'>, QueueUrl: string): CampaignSteps => ({
  goOn: async (step, DelaySeconds = 0) => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(step), DelaySeconds }));
  },
});

/** The step that a message of the queue asks for. @throws UnreadableWork */
export const readStep = (body: string): Step => {
  const fields = fieldsOf(body);
  const { campaignId, why } = fields;
  if (typeof campaignId !== 'string' || campaignId === '') throw new UnreadableMessage('the message names no campaign');
  if (why === 'resend') return readResending(campaignId, fields);
  // Whatever it is told for, it looks at how the campaign stands; a newer version's word for that is as good as ours.
  return { campaignId, why: why === 'start' || why === 'sendAt' || why === 'expiresAt' ? why : 'continue' };
};

/** All that says which emails are meant must be right: without it there would be more of them. */
const readResending = (campaignId: string, fields: Readonly<Record<string, unknown>>): Resending => {
  const { recipients, reason, askedAt, after } = fields;
  const isList = Array.isArray(recipients) && recipients.every((recipient) => typeof recipient === 'string');
  if (recipients !== undefined && !isList) throw new UnreadableMessage('the message names other recipients than texts');
  if (reason !== undefined && typeof reason !== 'string')
    throw new UnreadableMessage('the message gives no text as reason');
  if (recipients === undefined && reason === undefined) throw new UnreadableMessage('the message names no emails');
  if (typeof askedAt !== 'string') throw new UnreadableMessage('the message says not when it was asked for');
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
    throw new UnreadableMessage('the message says not how far it came');
  }
  return { shard, recipient, messageId };
};
