import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settle } from '../../../local/demo/status-questions.ts';
import { whenStarted } from '../../../local/demo/when-started.ts';
import { json } from '../../../local/http/exchange.ts';
import { listen } from '../../../local/http/server.ts';
import { run } from './command.ts';

/** The local stack's server in its initial state: nothing is served yet. */
const aServer = async () => {
  const server = await listen(0);
  onTestFinished(server.close);
  return server;
};
const aWait = (limit: number) => {
  const printed: string[] = [];
  return { printed, say: (line: string) => void printed.push(line), limit };
};
const answering = (status: number) => ({ handle: async () => json(status, {}), mostBytes: () => 1_000 });

describe('what the demo waits for', () => {
  it('is a stack that has not started yet, up to the limit: then it ends with 1 and a message', async () => {
    const { url } = await aServer();
    const { code, stdout, stderr } = await run('local/demo.ts', ['--url', url, '--timeout', '1']);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      [
        `The stack at ${url} is still starting.`,
        'Waiting for the stack to start, 1 s at most …',
        'demo: waited 1 s for the stack to start without success. Use --timeout to wait longer.\n',
      ].join('\n'),
    );
  });

  it('is a stack that accepts connections and does not respond, because it is being synthesized', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const waiting = aWait(3_000);
    const { port } = server.address() as { port: number };

    await expect(whenStarted(`http://127.0.0.1:${port}`, waiting)).rejects.toMatchObject({ exitCode: 1 });
    expect(waiting.printed[0]).toContain('still starting');
  });

  it('is nothing if the stack has started', async () => {
    const server = await aServer();
    server.serve(answering(200));
    const waiting = aWait(1);
    await whenStarted(server.url, waiting);

    expect(waiting.printed).toEqual([]);
  });

  it('ends as soon as the stack has started', async () => {
    const server = await aServer();
    const waiting = aWait(60_000);
    const started = whenStarted(server.url, {
      ...waiting,
      say: (line) => {
        server.serve(answering(200));
        waiting.say(line);
      },
    });

    await expect(started).resolves.toBeUndefined();
    expect(waiting.printed).toHaveLength(2);
  });

  it('is not another program', async () => {
    const server = await aServer();
    server.serve(answering(404));

    expect(await run('local/demo.ts', ['--url', server.url])).toEqual({
      code: 2,
      stdout: '',
      stderr: `demo: the server at ${server.url} is not a local Mailtrail stack (GET /local/tables gives 404).\n`,
    });
  });

  it('is the recording of what it sent, up to the limit', async () => {
    const server = await aServer();
    server.serve({ handle: () => new Promise(() => {}), mostBytes: () => 1_000 });
    const waiting = aWait(200);

    await expect(settle(server.url, waiting)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('waited 0.2 s for every event to be recorded'),
    });
    expect(waiting.printed).toEqual(['Waiting for every event to be recorded, 0.2 s at most …']);
  });

  it.each(['0', '1.5', '-1', 'long', ''])('is not limited to “%s” seconds', async (timeout) => {
    const { code, stderr } = await run('local/demo.ts', [`--timeout=${timeout}`]);

    expect([code, stderr]).toEqual([2, expect.stringContaining('a whole number of seconds from 1 to 9999')]);
  });
});
