import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEMBERS } from '../../local/demo/club-mailing.ts';
import { type Stack, startStack } from '../../local/stack.ts';
import { type Ended, run } from './command.ts';

let stack: Stack;
let shown: Ended;
beforeAll(async () => {
  stack = await startStack({ port: 0, quiet: true });
  shown = await run('local/demo.ts', [], { PORT: new URL(stack.url).port });
}, 120_000);
afterAll(() => stack?.stop());

/** What the table says of an address. */
const rowOf = ({ stdout }: Ended, address: string) => {
  const cells = stdout.split('\n').map((line) => line.split(/ {2,}/));
  return cells.find(([recipient]) => recipient === address);
};

describe('the demo', () => {
  it('shows a status and a meaning for every recipient', () => {
    expect(shown.stderr).not.toContain('demo:');
    expect(shown.code).toBe(0);
    for (const { address } of MEMBERS)
      expect(rowOf(shown, address)).toEqual([address, expect.any(String), expect.any(String)]);
  });

  it.each([
    ['success+eva.lob@simulator.amazonses.com', 'Delivered'],
    ['bounce+finn.match@simulator.amazonses.com', 'Hard bounce'],
    ['ooto+gwen.net@simulator.amazonses.com', 'Delivered'],
    ['complaint+hugo.serve@simulator.amazonses.com', 'Complaint'],
    ['suppressionlist+ida.slice@simulator.amazonses.com', 'Hard bounce'],
    ['jon.smash@example.net', 'Suppressed'],
    ['kim.volley@example.org', 'Suppressed'],
  ])('shows %s as %s', (address, label) => {
    expect(rowOf(shown, address)?.[1]).toBe(label);
  });

  it('shows people as having got it, some as having looked', () => {
    const labels = MEMBERS.slice(0, 5).map(({ address }) => rowOf(shown, address)?.[1]);

    for (const label of labels) expect(['Delivered', 'Opened', 'Clicked']).toContain(label);
    expect(labels.some((label) => label !== 'Delivered')).toBe(true);
  });

  it('speaks the vocabulary asked for', async () => {
    const inClubspot = await run('local/demo.ts', ['--vocabulary', 'clubspot', '--url', stack.url]);

    expect(rowOf(inClubspot, 'bounce+finn.match@simulator.amazonses.com')?.[1]).toBe('Bounced (Hard Bounce)');
  });

  it('refuses a vocabulary the API does not know, before it sends anything', async () => {
    const { code, stderr, stdout } = await run('local/demo.ts', ['--vocabulary', 'klingon', '--url', stack.url]);

    expect(stderr).toMatch(/^demo: 400 vocabulary: .* See "npm run demo -- --help"\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('takes no other words', async () => {
    expect(await run('local/demo.ts', ['now'])).toMatchObject({ code: 2, stderr: expect.stringContaining("'now'") });
  });

  it('says how to start a stack where none is running', async () => {
    const { code, stderr } = await run('local/demo.ts', ['--url', 'http://127.0.0.1:1']);

    expect(stderr).toContain('no stack is running at http://127.0.0.1:1. Start one with "npm start"');
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    expect(await run('local/demo.ts', ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--vocabulary'),
    });
  });
});

describe('replay into a stack', () => {
  it('records what it publishes', async () => {
    const timestamp = '2026-11-24T10:00:00.000Z';
    const mail = {
      timestamp,
      messageId: 'replayed-1',
      source: 'office@club.example',
      destination: ['ann@example.com'],
    };
    const events = [
      { eventType: 'Send', mail, send: {} },
      { eventType: 'Delivery', mail, delivery: { timestamp, recipients: ['ann@example.com'], smtpResponse: '250 ok' } },
    ];
    const { code } = await run('local/replay.ts', ['-', '--url', stack.url], { input: JSON.stringify(events) });
    await fetch(`${stack.url}/local/settle`, { method: 'POST' });
    const answer = await fetch(`${stack.url}/v1/messages/replayed-1/recipients/ann@example.com`);

    expect(code).toBe(0);
    expect(await answer.json()).toMatchObject({ status: 'delivered' });
  });
});
