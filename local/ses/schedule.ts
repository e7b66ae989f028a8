/** Work to be done a little later. */
export type Schedule = Readonly<{
  /** @param after milliseconds from now */
  in: (after: number, work: () => void) => void;
  /** How much is still pending. */
  pending: () => number;
  /** Drops pending work, and whatever is added afterwards. */
  stop: () => void;
}>;

export const createSchedule = (): Schedule => {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    in: (after, work) => {
      if (stopped) return;
      const timer = setTimeout(() => {
        try {
          work();
        } finally {
          // Only now: in between, the pending count must not be 0.
          timers.delete(timer);
        }
      }, after);
      // Mail in transit must not keep a process alive.
      timer.unref();
      timers.add(timer);
    },
    pending: () => timers.size,
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
