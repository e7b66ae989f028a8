import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapConcurrently } from '../../lambdas/runtime/map-concurrently.ts';

describe('doing several at once', () => {
  it('does each once, gives what came of it in their order, and never does more at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 3 })), fc.integer({ min: 1, max: 5 }), async (delays, most) => {
        let [underWay, atOnce] = [0, 0];
        const done = await mapConcurrently(most, [...delays.entries()], async ([index, delay]) => {
          atOnce = Math.max(atOnce, ++underWay);
          for (let turn = 0; turn < delay; turn++) await null;
          underWay--;
          return index;
        });

        expect(done).toEqual([...delays.keys()]);
        expect(atOnce).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('begins nothing after a failure, and ends only when nothing is under way any more', async () => {
    const [begun, ended]: [number[], number[]] = [[], []];
    const doing = mapConcurrently(3, [0, 1, 2, 3, 4, 5], async (one) => {
      begun.push(one);
      if (one === 1) throw new Error('the first failure');
      await pause(10);
      if (one === 2) throw new Error('another');
      ended.push(one);
    });

    await expect(doing).rejects.toThrow('the first failure');
    expect([begun, ended]).toEqual([[0, 1, 2], [0]]);
  });
});
