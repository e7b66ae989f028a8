/** Never thrown: a killed worker does not answer. */
const NEVER = new Promise<never>(() => {});

/**
 * A worker's dependencies, until it is killed: with the `lifespan`th of its calls, just before that call has its effect or
 * just after. From then on none of its calls returns, as in a process that ended; requests that were sent continue.
 */
export const mortal = <Dependencies extends object>(dependencies: Dependencies, lifespan: number, before: boolean) => {
  let calls = 0;
  let isDead = false;
  let die: () => void = () => {};
  const died = new Promise<'died'>((resolve) => {
    die = () => {
      isDead = true;
      resolve('died');
    };
  });
  const guard =
    (call: (...given: readonly unknown[]) => unknown) =>
    async (...given: readonly unknown[]): Promise<unknown> => {
      calls += 1;
      const isLast = calls === lifespan;
      if (isLast && before) die();
      if (isDead) return NEVER;
      const answer = await call(...given);
      if (isLast) die();
      return isDead ? NEVER : answer;
    };
  return { dependencies: guarded(dependencies, guard) as Dependencies, died };
};

/** Everything that takes time goes through the guard; the clock's `now` and random numbers do not. */
const guarded = (value: object, guard: (call: (...given: readonly unknown[]) => unknown) => unknown): object =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'now' || name === 'chance') return [name, member];
      if (typeof member === 'function') return [name, guard(member as never)];
      return [name, typeof member === 'object' ? guarded(member as object, guard) : member];
    }),
  );
