import { type DeadLetterQueue, lineOf } from './dead-letter.ts';
import type { RedriveArguments } from './redrive-arguments.ts';

/** The terminal of the command. */
export type Terminal = Readonly<{
  say: (line: string) => void;
  /** Shows progress; may overwrite the previous line. */
  progress: (line: string) => void;
  /** Whether the user confirms. */
  confirm: (question: string) => Promise<boolean>;
}>;

/** Shows dead letters and moves them back. Resolves with the exit code, as in REDRIVE_HELP. */
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
    // A queue that cannot be moved must not stop the others. AWS's message about a queue contains no address.
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
