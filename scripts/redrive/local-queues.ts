import type { DeadLetter as Lying } from '../../local/messaging/dead-letters.ts';
import type { Redriven } from '../../local/messaging/redrive.ts';
import { CommandError, problemIn, request } from '../../local/process/command.ts';
import { type DeadLetterQueue, mustExist } from './dead-letter.ts';

/**
 * The dead-letter queues of a local stack that have messages.
 *
 * @param queue the name of one that must exist, empty or not
 * @throws NoStackError if nothing answers, UsageError if there is no queue of this name
 */
export const localQueues = async (url: string, queue?: string): Promise<readonly DeadLetterQueue[]> => {
  mustExist(queue, (await ask<{ items: readonly string[] }>(url, '/local/dead-letter-queues')).items);
  const { items } = await ask<{ items: readonly Lying[] }>(url, '/local/dead-letters');
  return [...Map.groupBy(items, ({ queue }) => queue)].map(([name, letters]) => ({
    name,
    count: letters.length,
    some: letters.slice(0, 10),
    move: async (progress) => {
      const path = `/local/redrive?${new URLSearchParams({ queue: name })}`;
      const { moved, kept } = await ask<Redriven>(url, path, { method: 'POST' });
      progress(moved);
      return { moved, problem: kept > 0 ? `${kept} are longer than their queue accepts` : undefined };
    },
  }));
};

const ask = async <Answer>(url: string, path: string, init?: RequestInit): Promise<Answer> => {
  const answer = await request(url, path, init);
  const text = await answer.text();
  if (!answer.ok) throw new CommandError(`${url}${path}: ${problemIn(answer.status, text)}`);
  return JSON.parse(text);
};
