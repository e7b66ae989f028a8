import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAILINGS } from '../../../local/demo/club-month.ts';
import { freePort } from '../../../local/engine/free-port.ts';
import { type Stack, startStack } from '../../../local/process/stack.ts';
import { type Ended, run } from './command.ts';

let stack: Stack;
let shown: Ended;
beforeAll(async () => {
  // At once, as in two terminals: the demo waits for the stack.
  const port = await freePort();
  const starting = startStack({ port, quiet: true });
  const demo = run('local/demo.ts', ['--timeout', '240'], { PORT: String(port) });
  stack = await starting;
  shown = await demo;
}, 300_000);
afterAll(() => stack?.stop());

/** The table's cells for the emails to an address in a mailing. */
const labelsOf = ({ stdout }: Ended, name: string, address: string) =>
  stdout
    .split('\n')
    .map((line) => line.split(/ {2,}/))
    .flatMap(([mailing, recipient, label]) => (mailing === name && recipient === address ? [label] : []));

describe('the demo', () => {
  it('reports that the stack is still starting, what it waits for, and the limit', () => {
    const printed = shown.stderr.split('\n');

    expect(printed.slice(0, 2)).toEqual([
      `The stack at ${stack.url} is still starting.`,
      'Waiting for the stack to start, 240 s at most …',
    ]);
    expect(printed.filter((line) => line === 'Waiting for every event to be recorded, 240 s at most …')).toHaveLength(
      3,
    );
  });

  it('shows a status and a meaning for every recipient of the month', () => {
    expect(shown.stderr).not.toContain('demo:');
    expect(shown.code).toBe(0);
    const emails = MAILINGS.flatMap(({ name, recipients }) => recipients.map(({ email }) => ({ name, email })));
    for (const { name, email } of emails) expect(labelsOf(shown, name, email.toLowerCase())).not.toEqual([]);
  });

  it.each([
    ['welcome', 'kim.volley@example.org', 'Unsubscribed'],
    ['statements', 'ben.court@example.net', 'Skipped'],
    ['statements', 'cleo.deuce@example.org', 'Failed, template error'],
    ['statements', 'dan.grass@example', 'Invalid address'],
    ['newsletter', 'jon.smash@example.net', 'Suppressed'],
    ['newsletter', 'kim.volley@example.org', 'Canceled, unsubscribed'],
    ['newsletter', 'success+eva@simulator.amazonses.com', 'Delivered'],
    ['newsletter', 'bounce+finn@simulator.amazonses.com', 'Hard bounce'],
    ['newsletter', 'ooto+gwen@simulator.amazonses.com', 'Delivered'],
    ['newsletter', 'complaint+hugo@simulator.amazonses.com', 'Complaint'],
    ['fee-increase', 'ben.court@example.net', 'Quarantined'],
    ['board-election', 'ann.ball@example.com', 'Pending approval'],
    ['christmas-party', 'ann.ball@example.com', 'Planned'],
    ['open-air-cinema', 'ben.court@example.net', 'Canceled'],
    ['rain-today', 'ann.ball@example.com', 'Expired'],
  ])('shows of %s to %s: %s', (mailing, address, label) => {
    expect(labelsOf(shown, mailing, address)).toEqual([label]);
  });

  it('shows emails as delivered, some as read, and one email for two spellings of one address', () => {
    const looked = ['Delivered', 'Opened', 'Clicked'];
    const [first, second] = labelsOf(shown, 'newsletter', 'ann.ball@example.com').toSorted();

    expect([first, looked.includes(second ?? '')]).toEqual(['Canceled, duplicate', true]);
    expect(looked).toContain(labelsOf(shown, 'general-meeting', 'ben.court@example.net')[0]);
    // A click outranks reading.
    expect(['Read', 'Clicked']).toContain(labelsOf(shown, 'newsletter', 'lou.topspin@example.com')[0]);
  });

  it('uses the requested vocabulary', async () => {
    const inClubspot = await run('local/demo.ts', ['--vocabulary', 'clubspot', '--url', stack.url]);

    const finn = 'bounce+finn@simulator.amazonses.com';
    expect(labelsOf(inClubspot, 'newsletter', finn)).toEqual(['Bounced (Hard Bounce)']);
  });

  it('rejects an unknown vocabulary before it sends anything', async () => {
    const { code, stderr, stdout } = await run('local/demo.ts', ['--vocabulary', 'klingon', '--url', stack.url]);

    expect(stderr).toMatch(/^demo: 400 vocabulary: .* See "npm run demo -- --help"\.\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('rejects other arguments', async () => {
    expect(await run('local/demo.ts', ['now'])).toMatchObject({ code: 2, stderr: expect.stringContaining("'now'") });
  });

  it('explains how to start a stack if none is running', async () => {
    const { code, stderr } = await run('local/demo.ts', ['--url', 'http://127.0.0.1:1']);

    expect(stderr).toContain('no stack is running at http://127.0.0.1:1. Start one with "npm start"');
    expect(code).toBe(2);
  });

  it('prints its usage', async () => {
    expect(await run('local/demo.ts', ['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('--vocabulary'),
    });
  });
});

describe('replay into a stack', () => {
  it('has the events recorded', async () => {
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
