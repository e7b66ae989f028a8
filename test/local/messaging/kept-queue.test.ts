import { describe, expect, it } from 'vitest';
import { Activity } from '../../../local/messaging/activity.ts';
import { deadLettersIn } from '../../../local/messaging/dead-letters.ts';
import { Queue, type QueuedMessage } from '../../../local/messaging/queue.ts';
import { redrive } from '../../../local/messaging/redrive.ts';
import { keptJournal } from '../../../local/process/journal.ts';
import { temporaryFolder } from '../bundle.ts';

/** A queue and its dead-letter queue on a data folder, opened again as by the next process. */
const queuesOn = (folder: string, fifo = false) => {
  const journal = keptJournal<QueuedMessage>(folder, 'queues.jsonl', 'the messages');
  const activity = new Activity();
  const dead = new Queue(
    { name: 'dead', arn: 'arn:dead', fifo, maximumMessageSize: 100, redrive: undefined },
    undefined,
    undefined,
    undefined,
    journal,
  );
  const blueprint = { name: 'work', arn: 'arn:work', fifo, maximumMessageSize: 1_000 };
  const work = new Queue(
    { ...blueprint, redrive: { deadLetterQueue: 'arn:dead', maxReceiveCount: 1 } },
    dead,
    activity,
    undefined,
    journal,
  );
  for (const queue of [work, dead]) queue.restore();
  return { work, dead, activity };
};
const bodies = (queue: Queue) => queue.visible.map(({ body }) => body);

describe('the messages of a queue in a data folder', () => {
  it('are restored in the next process, with their ids, unless they were deleted', () => {
    const folder = temporaryFolder();
    const { work } = queuesOn(folder);
    const ids = ['a', 'b', 'c'].map((body) => work.send(body));
    work.delete(work.receive(1, 1_000));
    // Received, and not processed when the process ended.
    work.receive(1, 1_000);
    const next = queuesOn(folder);

    expect(next.work.visible.map(({ id, body }) => [id, body])).toEqual([
      [ids[1], 'b'],
      [ids[2], 'c'],
    ]);
    expect(next.activity.pending).toBe(2);
  });

  it('wait for the rest of their delay', async () => {
    const folder = temporaryFolder();
    queuesOn(folder).work.send('later', undefined, 0.3);
    const { work } = queuesOn(folder);

    expect([bodies(work), work.depth]).toEqual([[], { visible: 0, delayed: 1, inFlight: 0 }]);
    await expect.poll(() => bodies(work)).toEqual(['later']);
  });

  it('stay dead letters with their reason, and can be moved back once', () => {
    const folder = temporaryFolder();
    const { work } = queuesOn(folder);
    for (const body of ['short', 'x'.repeat(50)]) work.send(body);
    work.handBack(work.receive(2, 1_000), () => 'it failed');
    const next = queuesOn(folder);
    expect(deadLettersIn([next.dead]).map(({ body, reason, from }) => [body.length, reason, from])).toEqual([
      [5, 'it failed once', 'work'],
      [50, 'it failed once', 'work'],
    ]);

    expect(redrive(next.dead, next.work)).toEqual({ moved: 2, kept: 0 });
    const last = queuesOn(folder);
    expect([bodies(last.work).length, bodies(last.dead)]).toEqual([2, []]);
  });

  it('are not restored after a purge, delayed ones included', () => {
    const folder = temporaryFolder();
    const { work, activity } = queuesOn(folder);
    work.send('now');
    work.send('later', undefined, 60);
    work.purge();

    expect([activity.pending, work.depth]).toEqual([0, { visible: 0, delayed: 0, inFlight: 0 }]);
    expect(queuesOn(folder).work.depth).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
  });

  it('of a FIFO queue are not taken for duplicates, and keep the order of their group', () => {
    const folder = temporaryFolder();
    const { work } = queuesOn(folder, true);
    for (const id of ['1', '2']) work.send(`body ${id}`, { group: 'all', deduplicationId: id });
    const next = queuesOn(folder, true).work;
    next.send('body 2 again', { group: 'all', deduplicationId: '2' });

    expect(bodies(next)).toEqual(['body 1', 'body 2']);
  });
});
