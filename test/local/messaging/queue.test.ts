import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { type Behaviour, failOn, feed, nothing } from './fed-queue.ts';

describe('a queue and the function that reads it', () => {
  it('batches the messages of a window', async () => {
    const { queue, activity, batches } = feed(nothing);
    queue.send('a');
    setTimeout(() => queue.send('b'), 10);
    await activity.quiet();

    expect(batches).toEqual([['a', 'b']]);
  });

  it('waits for the whole window after the first message, and no longer', async () => {
    const { queue, activity } = feed(nothing, { window: 100 });
    const start = performance.now();
    queue.send('a');
    setTimeout(() => queue.send('b'), 60);
    await activity.quiet();

    expect(performance.now() - start).toBeGreaterThan(95);
    expect(performance.now() - start).toBeLessThan(155);
  });

  it('is idle while a message is delayed, and receives it after the delay', async () => {
    const { queue, activity, batches } = feed(nothing, { window: 0 });
    queue.send('later', undefined, 0.06);
    queue.send('now');
    await activity.quiet();
    expect(batches).toEqual([['now']]);

    await new Promise((resolve) => setTimeout(resolve, 80));
    await activity.quiet();
    expect(batches).toEqual([['now'], ['later']]);
  });

  it('passes on a full batch at once, and lets the rest wait', async () => {
    const { queue, batches } = feed(nothing, { batchSize: 3, window: 60_000 });
    for (const body of 'abcde') queue.send(body);
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('starts while messages keep coming', async () => {
    const { queue, batches, mapping } = feed(nothing, { window: 5, batchSize: 1_000 });
    const end = performance.now() + 150;
    while (performance.now() < end) {
      queue.send('x');
      await new Promise(setImmediate);
    }
    mapping.stop();

    expect(batches.length).toBeGreaterThan(2);
  });

  it('never passes on more batches at once than the mapping allows', async () => {
    let [now, most] = [0, 0];
    const slow: Behaviour = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
    };
    const { queue, activity, batches } = feed(slow, { batchSize: 1, window: 0, concurrency: 3 });
    for (let sent = 0; sent < 12; sent++) queue.send('x');
    await activity.quiet();

    expect([batches.length, most]).toEqual([12, 3]);
  });

  it('creates the records that Lambda creates', async () => {
    const { queue, activity, records } = feed(nothing);
    const before = Date.now();
    queue.send('{"é":1}');
    await activity.quiet();

    expect(records).toEqual([
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: '{"é":1}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: '5a278f779cec8fae6d58e7de58a4dd03',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:events',
        awsRegion: 'us-east-1',
      },
    ]);
    expect(Number(records[0]?.attributes.SentTimestamp)).toBeGreaterThanOrEqual(before);
  });

  it('retries only what failed, and counts the attempts', async () => {
    const { queue, activity, records, dead } = feed((batch) =>
      failOn((body) => body === 'b' && batch[0]?.attributes.ApproximateReceiveCount !== '3')(batch),
    );
    for (const body of 'abc') queue.send(body);
    await activity.quiet();

    expect(records.map(({ body, attributes }) => body + attributes.ApproximateReceiveCount)).toEqual([
      'a1',
      'b1',
      'c1',
      'b2',
      'b3',
    ]);
    expect(new Set(records.map(({ messageId }) => messageId)).size).toBe(3);
    expect(dead()).toEqual([]);
  });

  it('dead-letters a poison record within 5 seconds, including a window of a second', async () => {
    const { queue, activity, records, dead } = feed(
      failOn((body) => body === 'poison'),
      { window: 1_000 },
    );
    const start = performance.now();
    for (const body of ['good', 'poison', 'fine']) queue.send(body);
    await activity.quiet();

    expect(performance.now() - start).toBeLessThan(5_000);
    expect(records.filter(({ body }) => body === 'poison')).toHaveLength(5);
    expect(records.filter(({ body }) => body !== 'poison')).toHaveLength(2);
    expect(dead()).toMatchObject([
      {
        body: 'poison',
        queue: 'dead',
        from: 'events',
        receiveCount: 5,
        reason: 'reported as a failure by recorder 5 times',
      },
    ]);
  });

  it('fails a whole batch if the function throws, and keeps the error’s message out of the reason', async () => {
    const { queue, activity, dead } = feed(() => {
      throw new FunctionError('ValidationError', 'ann@example.com is no number');
    });
    queue.send('a');
    queue.send('b');
    await activity.quiet();

    expect(dead().map(({ body, reason }) => `${body}: ${reason}`)).toEqual([
      'a: ValidationError, thrown by recorder 5 times',
      'b: ValidationError, thrown by recorder 5 times',
    ]);
  });

  it('loses nothing: every message is processed once, or dead-lettered after five attempts', async () => {
    const failures = fc.array(fc.constantFrom(0, 0, 0, 1, 4, 5, 9), { minLength: 1, maxLength: 40 });
    const size = fc.integer({ min: 1, max: 7 });
    await fc.assert(
      fc.asyncProperty(failures, size, async (plan, batchSize) => {
        const left: number[] = [...plan];
        const done: number[] = [];
        const behave: Behaviour = failOn((body) => {
          const failing = (left[Number(body)] ?? 0) > 0;
          if (failing) left[Number(body)] = (left[Number(body)] ?? 0) - 1;
          else done.push(Number(body));
          return failing;
        });
        const { queue, activity, dead } = feed(behave, { batchSize, window: 2 });
        for (const index of plan.keys()) queue.send(String(index));
        await activity.quiet();

        const numbers = plan.map((times, index) => ({ times, index }));
        expect(done.sort(byNumber)).toEqual(numbers.filter(({ times }) => times < 5).map(({ index }) => index));
        const buried = dead().map(({ body }) => Number(body));
        expect(buried.sort(byNumber)).toEqual(numbers.filter(({ times }) => times >= 5).map(({ index }) => index));
      }),
      { numRuns: 8 },
    );
  });
});

const byNumber = (one: number, other: number) => one - other;
