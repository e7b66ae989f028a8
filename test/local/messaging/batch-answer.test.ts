import { describe, expect, it } from 'vitest';
import { failOn, feed } from './fed-queue.ts';

describe('a function’s response to a batch', () => {
  it.each([
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: 'nobody' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['a misspelt member', { batchItemFailures: [{ itemIdentifer: 'x' }] }],
    ['something other than a list', { batchItemFailures: 'x' }],
  ])('fails a whole batch if it has %s', async (_name, answer) => {
    const { queue, activity, dead } = feed(() => answer);
    queue.send('a');
    queue.send('b');
    await activity.quiet();

    expect(dead()).toHaveLength(2);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['null for a list', { batchItemFailures: null }],
    ['something else', { statusCode: 200 }],
  ])('counts %s as success', async (_name, answer) => {
    const { queue, activity, batches, dead } = feed(() => answer);
    queue.send('a');
    await activity.quiet();

    expect([batches.length, dead()]).toEqual([1, []]);
  });

  it('is ignored if the mapping does not report batch item failures', async () => {
    const { queue, activity, batches } = feed(
      failOn(() => true),
      { reports: false },
    );
    queue.send('a');
    await activity.quiet();

    expect(batches).toHaveLength(1);
  });
});
