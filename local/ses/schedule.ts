/** Work to be done a little later. */
export type Schedule = Readonly<{
  /** @param after milliseconds from now */
  in: (after: number, work: () => void) => void;
  /** How much is still to come. */
  pending: () => number;
  /** Drops what is still to come, and whatever is asked for afterwards. */
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
          // Only now: whoever asks in between must not hear that nothing is to come.
          timers.delete(timer);
        }
      }, after);
      // Mail under way is no reason to keep a process alive.
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
