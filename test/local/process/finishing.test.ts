import { describe, expect, it } from 'vitest';
import { type Behaviour, feed } from '../messaging/fed-queue.ts';

describe('a mapping that is finishing', () => {
  it('stops reading, and has finished when the function’s call has ended', async () => {
    let done = () => {};
    const slow: Behaviour = () =>
      new Promise<void>((resolve) => {
        done = resolve;
      });
    const { queue, batches, mapping } = feed(slow, { batchSize: 1, window: 0, concurrency: 1 });
    for (const body of 'ab') queue.send(body);
    await expect.poll(() => batches).toEqual([['a']]);
    let isFinished = false;
    const finished = mapping.finish().then(() => {
      isFinished = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isFinished).toBe(false);
    done();
    await finished;
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect([batches, queue.visible.map(({ body }) => body)]).toEqual([[['a']], ['b']]);
  });

  it('has finished at once if no call is in progress', async () => {
    const { mapping, queue, batches } = feed(() => undefined);
    await mapping.finish();
    queue.send('a');
    await new Promise((resolve) => setTimeout(resolve, 60));

    expect(batches).toEqual([]);
  });
});
