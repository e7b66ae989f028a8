import { setImmediate as turn } from 'node:timers/promises';

/**
 * A clock that jumps: as soon as all workers sleep, it advances to the time at which the first one wakes up. What takes real
 * time, such as a database's answer, goes through `taking`, and the clock waits for it; `latency` milliseconds of the
 * clock's time pass for it then.
 */
export const virtualClock = (start: number) => {
  let time = start;
  let busy = 0;
  /** In the order in which they wake up. */
  const sleepers: { at: number; wake: () => void }[] = [];
  const sleep = (milliseconds: number) =>
    new Promise<void>((wake) => {
      const at = time + milliseconds;
      const before = sleepers.findLastIndex((sleeper) => sleeper.at <= at);
      sleepers.splice(before + 1, 0, { at, wake });
    });
  const taking =
    <Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>, latency: () => number) =>
    async (...given: Given): Promise<Answer> => {
      busy += 1;
      try {
        return await call(...given);
      } finally {
        busy -= 1;
        await sleep(latency());
      }
    };
  /** Advances the time until the work is done. */
  const passUntil = async <Done>(work: Promise<Done>): Promise<Done> => {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    while (!isDone) {
      await turn();
      if (busy > 0) continue;
      const [next] = sleepers;
      if (next === undefined) continue;
      sleepers.shift();
      time = Math.max(time, next.at);
      next.wake();
    }
    return work;
  };
  return { now: () => Math.floor(time), sleep, taking, passUntil };
};
