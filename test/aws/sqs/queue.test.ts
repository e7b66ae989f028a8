import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailQueue } from '../../../lambdas/aws/sqs/email-queue.ts';
import { emailsToSend } from '../../../lambdas/aws/sqs/emails-to-send.ts';
import { erasureQueue, readErasure, SECOND_TIME } from '../../../lambdas/aws/sqs/erasure-queue.ts';
import { mirrorQueue, readMirrorJob } from '../../../lambdas/aws/sqs/mirror-queue.ts';
import { batchSender, fieldsOf } from '../../../lambdas/aws/sqs/queue.ts';
import { type Fault, sqsQueue } from './sqs-queue.ts';

const emails = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ mailingId: 'october', messageId: `m${index}` }));
const idsIn = (bodies: readonly string[]) => bodies.map((body) => JSON.parse(body).messageId);
const refusing = (...ids: readonly string[]): Fault => ({
  refuses: (body) => ids.includes(JSON.parse(body).messageId ?? JSON.parse(body).address),
});
const everything: Fault = { refuses: () => true };

describe('messages that are sent to a queue', () => {
  it('go in requests of ten, and in none if there are no messages', async () => {
    const queue = sqsQueue();

    await emailQueue(queue.client, 'url')([]);
    expect(queue.requests).toEqual([]);

    await emailQueue(queue.client, 'url')(emails(25));
    expect(queue.requests.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(idsIn(queue.bodies).sort()).toEqual(
      emails(25)
        .map(({ messageId }) => messageId)
        .sort(),
    );
  });

  it('are sent again if SQS rejects them, and only those', async () => {
    const queue = sqsQueue(refusing('m1', 'm3'), refusing('m3'));

    await emailQueue(queue.client, 'url')(emails(4));

    expect(queue.requests.map((entries) => idsIn(entries.map(({ MessageBody }) => MessageBody)))).toEqual([
      ['m0', 'm1', 'm2', 'm3'],
      ['m1', 'm3'],
      ['m3'],
    ]);
    expect(idsIn(queue.bodies)).toEqual(['m0', 'm2', 'm1', 'm3']);
  });

  it('fail after the third attempt, with their number and SQS’s code, and without their content', async () => {
    const queue = sqsQueue(refusing('m1', 'm2'), refusing('m1', 'm2'), refusing('m1', 'm2'));

    await expect(emailQueue(queue.client, 'url')(emails(3))).rejects.toMatchObject({
      name: 'NotSent',
      message: '2 messages: InternalError',
    });
    expect(queue.requests).toHaveLength(3);
  });

  it('fail with the error of the SDK, which has repeated the request itself', async () => {
    const queue = sqsQueue('answer lost');

    await expect(emailQueue(queue.client, 'url')(emails(1))).rejects.toThrow('TimeoutError');
    expect(queue.requests).toHaveLength(1);
  });

  it('arrive, whichever of them SQS rejects twice', async () => {
    const faults = fc.array(fc.uniqueArray(fc.nat(29).map((id) => `m${id}`)), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), faults, async (count, refused) => {
        const queue = sqsQueue(...refused.map((ids) => refusing(...ids)));

        await emailQueue(queue.client, 'url')(emails(count));

        expect(idsIn(queue.bodies).sort()).toEqual(idsIn(emails(count).map((email) => JSON.stringify(email))).sort());
      }),
    );
  });
});

describe('messages that are sent to a FIFO queue', () => {
  const jobs = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ address: `p${index}@example.com`, change: '7' }));
  const addressesIn = (bodies: readonly string[]) => bodies.map((body) => JSON.parse(body).address);

  it('are in the order of the call, one request after the other', async () => {
    const queue = sqsQueue();

    await mirrorQueue(queue.client, 'url').send(jobs(35));

    expect(addressesIn(queue.bodies)).toEqual(jobs(35).map(({ address }) => address));
    expect(queue.requests.flat().every(({ MessageGroupId }) => MessageGroupId === 'suppressions')).toBe(true);
  });

  it('are never behind those of a later request: rejected ones are retried before it is sent', async () => {
    const queue = sqsQueue(refusing('p2@example.com', 'p3@example.com'), refusing('p3@example.com'));

    await mirrorQueue(queue.client, 'url').send(jobs(12));

    const arrived = addressesIn(queue.bodies);
    expect(arrived.slice(0, 10).sort()).toEqual(
      jobs(10)
        .map(({ address }) => address)
        .sort(),
    );
    expect(arrived.slice(10)).toEqual(['p10@example.com', 'p11@example.com']);
    expect(arrived.indexOf('p2@example.com')).toBeLessThan(arrived.indexOf('p3@example.com'));
  });

  it('stop at a request that fails: none of a later one is in the queue', async () => {
    const first = refusing('p3@example.com');
    const queue = sqsQueue(first, first, first);

    await expect(mirrorQueue(queue.client, 'url').send(jobs(30))).rejects.toThrow('1 messages: InternalError');
    expect(addressesIn(queue.bodies)).toEqual(
      jobs(10).flatMap(({ address }) => (address === 'p3@example.com' ? [] : [address])),
    );
  });

  it('are in it once if the call is repeated for the same change, and again for another change', async () => {
    const queue = sqsQueue('answer lost');
    const { send } = mirrorQueue(queue.client, 'url');
    const [job] = jobs(1);

    await expect(send(jobs(1))).rejects.toThrow();
    await send(jobs(1));
    expect(queue.bodies).toEqual(['{"address":"p0@example.com"}']);

    await send([{ address: job?.address ?? '', change: '8' }]);
    expect(queue.bodies).toHaveLength(2);
  });

  it('have no delay of their own, which SQS does not support for a FIFO queue', async () => {
    const queue = sqsQueue();

    await mirrorQueue(queue.client, 'url').send(jobs(2));

    expect(queue.requests.flat().map(({ DelaySeconds }) => DelaySeconds)).toEqual([undefined, undefined]);
  });
});

describe('a message that waits', () => {
  it('is queued again in the queue that it came from, with its delay', async () => {
    const [campaigns, messages] = [sqsQueue(refusing('m1')), sqsQueue()];
    const client = {
      send: (command: Parameters<typeof messages.send>[0]) =>
        (command.input.QueueUrl === 'campaigns' ? campaigns : messages).send(command),
    };
    const { putBack } = emailsToSend(client as never, { campaigns: 'campaigns', messages: 'messages' });

    await putBack({ email: { mailingId: 'october', messageId: 'm1' }, delaySeconds: 7 });
    await putBack({ email: { mailingId: '~m2', messageId: 'm2' }, delaySeconds: 900 });

    expect([idsIn(campaigns.bodies), idsIn(messages.bodies)]).toEqual([['m1'], ['m2']]);
    expect(campaigns.requests.map(([entry]) => entry?.DelaySeconds)).toEqual([7, 7]);
    expect(messages.requests.map(([entry]) => entry?.DelaySeconds)).toEqual([900]);
  });

  it('is an erasure, at once and for the second time', async () => {
    const queue = sqsQueue(everything);
    const erasure = { address: 'ann@example.com', erasedAt: '2026-11-25T12:00:00.000Z', suppressionToo: true };

    await erasureQueue(queue.client, 'url').begin(erasure);

    expect(queue.bodies.map(readErasure)).toEqual([erasure, erasure]);
    expect(queue.requests.map((entries) => entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual([
      [0, SECOND_TIME],
      [0, SECOND_TIME],
    ]);
  });
});

describe('the body of a message', () => {
  it.each(['', '{', 'ann@example.com', 'null', '7', '["ann@example.com"]'])('has no fields if it is %j', (body) => {
    expect(fieldsOf(body)).toEqual({});
    for (const read of [readErasure, readMirrorJob]) expect(() => read(body)).toThrow(/^the message/);
  });

  it('is read as it was sent', async () => {
    const queue = sqsQueue();
    await batchSender(queue.client, 'url')([{ body: { a: [1, 'ü'] } }]);

    expect(queue.bodies.map(fieldsOf)).toEqual([{ a: [1, 'ü'] }]);
  });

  it('throws a named error that quotes nothing if it is unreadable', () => {
    expect(() => readMirrorJob('{"address":7}')).toThrow(
      expect.objectContaining({ name: 'UnreadableMessage', message: 'the message has no address' }),
    );
  });
});
