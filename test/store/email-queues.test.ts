import { describe, expect, it } from 'vitest';
import { emailQueues } from '../../lambdas/store/email-queue.ts';
import { sendingWork } from '../../lambdas/store/sending-work.ts';

type Input = Readonly<{ QueueUrl: string; MessageBody?: string; Entries?: readonly { MessageBody: string }[] }>;

/** SQS as it is called, and what is then in which queue. */
const sqs = () => {
  const queued: string[] = [];
  const client = {
    send: async ({ input: { QueueUrl, MessageBody, Entries = [] } }: { input: Input }) => {
      const bodies = MessageBody === undefined ? Entries.map((entry) => entry.MessageBody) : [MessageBody];
      queued.push(...bodies.map((body) => `${QueueUrl}: ${JSON.parse(body).messageId}`));
      return {};
    },
  };
  return { client: client as never, queued };
};

const URLS = { campaigns: 'emails', messages: 'messages' };

describe('emails that are queued again', () => {
  it('go each into the queue of its own: of campaigns, or of single messages', async () => {
    const { client, queued } = sqs();
    await emailQueues(
      client,
      URLS,
    )([
      { mailingId: 'october', messageId: 'a' },
      { mailingId: '~b', messageId: 'b' },
      { mailingId: 'october', messageId: 'c' },
    ]);

    expect(queued.sort()).toEqual(['emails: a', 'emails: c', 'messages: b']);
  });

  it('are none where there are none', async () => {
    const { client, queued } = sqs();
    await emailQueues(client, URLS)([]);

    expect(queued).toEqual([]);
  });
});

describe('a single message that was accepted', () => {
  it('goes into the queue of single messages', async () => {
    const { client, queued } = sqs();
    const work = sendingWork(client, { campaignsToAdvance: 'campaigns', messagesToSend: 'messages' });
    await work.sendMessage({ mailingId: '~b', messageId: 'b' });

    expect(queued).toEqual(['messages: b']);
  });
});
