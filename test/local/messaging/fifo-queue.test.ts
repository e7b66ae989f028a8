import { setTimeout as pause } from 'node:timers/promises';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { Activity } from '../../../local/messaging/activity.ts';
import { deadLettersIn } from '../../../local/messaging/dead-letters.ts';
import { EventSourceMapping } from '../../../local/messaging/event-source-mapping.ts';
import { Queue } from '../../../local/messaging/queue.ts';
import { redrive } from '../../../local/messaging/redrive.ts';

/** A FIFO queue and a function that reads it, at most two batches at once. */
const fifo = (fails: (body: string, time: number) => boolean = () => false) => {
  const limits = { maximumMessageSize: 1_000, redrive: undefined, fifo: true };
  const dead = new Queue({ name: 'dead', arn: 'arn:dead', ...limits });
  const activity = new Activity();
  const redrive = { deadLetterQueue: 'arn:dead', maxReceiveCount: 3 };
  const queue = new Queue({ name: 'work', arn: 'arn:work', ...limits, redrive }, dead, activity);
  const [begun, done]: string[][] = [[], []];
  let [running, most] = [0, 0];
  const invoke = async (event: unknown) => {
    const [record] = (event as SQSEvent).Records;
    const body = record?.body ?? '';
    begun?.push(body);
    most = Math.max(most, ++running);
    await pause(5);
    running--;
    if (fails(body, Number(record?.attributes.ApproximateReceiveCount))) throw new Error('no');
    done?.push(body);
  };
  const blueprint = {
    queue: 'arn:work',
    function: 'f',
    batchSize: 1,
    window: 0,
    reportsFailures: true,
    concurrency: 2,
  };
  new EventSourceMapping(blueprint, queue, { name: 'f', invoke, codeFor: () => undefined });
  const send = (body: string, group = 'one', deduplicationId = body) => queue.send(body, { group, deduplicationId });
  return { queue, deadLetters: dead, send, activity, begun, done, most: () => most, dead: () => deadLettersIn([dead]) };
};

describe('a FIFO queue', () => {
  it('keeps the order of a group, one message at a time', async () => {
    const { send, activity, done, most } = fifo();
    for (const body of 'abcdef') send(body);
    await activity.quiet();

    expect([done, most()]).toEqual([[...'abcdef'], 1]);
  });

  it('processes two groups at once', async () => {
    const { send, activity, most } = fifo();
    for (const body of 'abcd') send(body, body > 'b' ? 'two' : 'one');
    await activity.quiet();

    expect(most()).toBe(2);
  });

  it('retries a failed message before the others of its group', async () => {
    const { send, activity, begun } = fifo((body, time) => body === 'b' && time < 2);
    for (const body of 'abc') send(body);
    await activity.quiet();

    expect(begun).toEqual(['a', 'b', 'b', 'c']);
  });

  it('continues the group after a message is dead-lettered', async () => {
    const { send, activity, done, dead } = fifo((body) => body === 'b');
    for (const body of 'abc') send(body);
    await activity.quiet();

    expect([done, dead().map(({ body }) => body)]).toEqual([['a', 'c'], ['b']]);
  });

  it('drops a duplicate by its deduplication id, and returns the first one’s id', async () => {
    const { send, activity, done } = fifo();
    const ids = [send('a', 'one', 'x'), send('a', 'one', 'x'), send('a', 'one', 'y')];
    await activity.quiet();

    expect([done, new Set(ids).size, ids[0] === ids[1]]).toEqual([['a', 'a'], 2, true]);
  });

  it('rejects a message without a group', () => {
    expect(() => fifo().queue.send('a')).toThrow('needs a message group id');
  });
});

describe('a redrive of a FIFO queue', () => {
  it('sends dead letters again, in their group', async () => {
    let broken = true;
    const { queue, deadLetters, send, activity, done } = fifo((body) => broken && body === 'b');
    for (const body of 'abc') send(body);
    await activity.quiet();
    broken = false;

    expect(redrive(deadLetters, queue)).toEqual({ moved: 1, kept: 0 });
    await activity.quiet();
    expect(done).toEqual(['a', 'c', 'b']);
  });
});
