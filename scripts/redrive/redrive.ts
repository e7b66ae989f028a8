import { type DeadLetterQueue, lineOf } from './dead-letter.ts';
import type { RedriveArguments } from './redrive-arguments.ts';

/** How the command talks to whoever runs it. */
export type Terminal = Readonly<{
  say: (line: string) => void;
  /** Shows how far it has come; may overwrite what it showed last. */
  progress: (line: string) => void;
  /** Whether the answer is yes. */
  confirm: (question: string) => Promise<boolean>;
}>;

/** Shows dead letters and moves them back. Resolves with the exit code, as REDRIVE_HELP says. */
export const redrive = async (
  found: readonly DeadLetterQueue[],
  { queue, show, yes }: Pick<RedriveArguments, 'queue' | 'show' | 'yes'>,
  { say, progress, confirm }: Terminal,
): Promise<number> => {
  const queues = found.filter(({ name }) => queue === undefined || name === queue);
  if (queues.length === 0) {
    const others = found.map(({ name, count }) => `${name} has ${count}`).join(', ');
    say(queue === undefined ? 'No dead letters.' : `No dead letters in ${queue}${others && `; ${others}`}.`);
    return 0;
  }
  for (const { name, count, some } of queues) {
    say(`${name}: ${count}${some.length < count ? `, of which ${some.length}` : ''}`);
    for (const letter of some) say(`  ${lineOf(letter)}`);
  }
  if (show) return 0;
  const all = queues.reduce((sum, { count }) => sum + count, 0);
  if (!yes && !(await confirm(`Move ${all === 1 ? 'this one' : `these ${all}`} back to be recorded?`))) {
    say('Nothing was moved.');
    return 3;
  }
  const problems: string[] = [];
  for (const { name, count, move } of queues) {
    // One queue that cannot be moved must not keep the others from it. What AWS says of a queue has no address in it.
    const { moved, problem } = await move((so) => progress(`${name}: ${so} of ${count} moved`)).catch(
      (error: Error) => ({
        moved: 0,
        problem: `${error.name}: ${error.message}`,
      }),
    );
    say(`${name}: moved ${moved}${problem === undefined ? '' : `. Not all: ${problem}`}`);
    if (problem !== undefined) problems.push(problem);
  }
  return problems.length === 0 ? 0 : 1;
};
