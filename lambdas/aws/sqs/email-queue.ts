import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { EmailToSend } from '../../domain/mailing/jobs.ts';
import { mapConcurrently } from '../../runtime/map-concurrently.ts';
import { NotSent } from './queue.ts';

/** Puts any number of emails into the queue of those to be sent. Said twice, an email is sent once: its row is claimed. */
export type EmailQueue = (emails: readonly EmailToSend[]) => Promise<void>;

/** SendMessageBatch takes ten. */
const A_BATCH = 10;
const BATCHES_AT_ONCE = 10;

/** @throws NotSent where SQS refuses some of them again and again; whatever the SDK throws. Then some are in the queue. */
export const emailQueue =
  (client: Pick<SQSClient, 'send'>, QueueUrl: string): EmailQueue =>
  async (emails) => {
    const batches = Array.from({ length: Math.ceil(emails.length / A_BATCH) }, (_, index) =>
      emails.slice(index * A_BATCH, (index + 1) * A_BATCH).map((email, place) => ({
        Id: String(place),
        MessageBody: JSON.stringify(email),
      })),
    );
    await mapConcurrently(BATCHES_AT_ONCE, batches, async (batch) => {
      let left = batch;
      for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt++) {
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: left }));
        const failed = new Set(Failed.map(({ Id }) => Id));
        left = left.filter(({ Id }) => failed.has(Id));
        if (left.length > 0 && attempt === ATTEMPTS - 1) {
          throw new NotSent(`${left.length} messages: ${Failed[0]?.Code ?? 'no code'}`);
        }
      }
    });
  };

/** A batch is answered with success though some of it failed (API reference, SendMessageBatch): the SDK does not repeat those. */
const ATTEMPTS = 3;
