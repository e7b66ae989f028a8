import { describe, expect, it } from 'vitest';
import { run } from '../../local/ses/command.ts';
import { startSmallStack } from '../../local/small-stack.ts';

const redrive = (...words: string[]) => run('scripts/redrive.ts', words);

describe('redriving the local stack', () => {
  it('shows dead letters and moves them back, where they are retried', async () => {
    const { url, call } = await startSmallStack();
    await call('POST', '/local/sns?topic=bounce', 'poison of ann@example.com');
    await call('POST', '/local/settle');
    const before = (await call('GET', '/local/dead-letters')).body.items;
    const shown = await redrive('--url', url, '--show');
    const { code, stdout } = await redrive('--url', url, '--yes');
    await call('POST', '/local/settle');
    const after = (await call('GET', '/local/dead-letters')).body.items;

    expect(before).toHaveLength(1);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining(before[0].messageId)]);
    expect(shown.stdout + stdout).not.toContain('ann@');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${before[0].queue}: moved 1`)]);
    // Still poison: dead-lettered again, as a new message with a new receive count.
    expect(after).toEqual([
      { ...before[0], messageId: expect.any(String), sentAt: expect.any(String), deadAt: expect.any(String) },
    ]);
    expect(after[0].messageId).not.toBe(before[0].messageId);
  });

  it('moves nothing if the queue is unknown, and accepts POST only', async () => {
    const { call } = await startSmallStack();

    expect((await call('POST', '/local/redrive?queue=nowhere')).status).toBe(404);
    expect((await call('GET', '/local/redrive')).status).toBe(405);
    expect((await call('POST', '/local/redrive')).body).toEqual({ moved: 0, kept: 0 });
  });

  it.each([[['--yes']], [['--show']], [[]]])(
    'rejects an unknown queue, with the names of all queues, given %j',
    async (more) => {
      const { url, call } = await startSmallStack();
      await call('POST', '/local/sns?topic=bounce', 'poison');
      await call('POST', '/local/settle');
      const { code, stdout, stderr } = await redrive('--url', url, '--queue', 'nope', ...more);

      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('no dead-letter queue "nope"; there are bounce-failed, bounce-undelivered');
      expect((await call('GET', '/local/dead-letters')).body.items).toHaveLength(1);
      expect((await call('POST', '/local/redrive?queue=nope')).body.detail).toContain(
        'bounce-failed, bounce-undelivered',
      );
    },
  );

  it('accepts an existing, empty queue', async () => {
    const { url } = await startSmallStack();

    expect(await redrive('--url', url, '--queue', 'bounce-undelivered', '--show')).toMatchObject({
      ...{ code: 0, stdout: 'No dead letters in bounce-undelivered.\n' },
    });
  });

  it('ends with 0 without dead letters, and with 2 without a terminal or a running stack', async () => {
    const { url } = await startSmallStack();

    expect(await redrive('--url', url, '--yes')).toMatchObject({ code: 0, stdout: 'No dead letters.\n' });
    expect(await redrive('--url', url)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await redrive('--url', 'http://127.0.0.1:9', '--yes')).toMatchObject({ code: 2 });
    expect(await redrive('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit code') });
  });
});
