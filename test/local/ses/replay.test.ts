import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './command.ts';
import { startInbox } from './event-inbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

let inbox: Awaited<ReturnType<typeof startInbox>>;
beforeEach(async () => {
  inbox = await startInbox();
});
afterEach(() => inbox.stop());

const event = (id: number) => ({ eventType: 'Send', mail: { messageId: `0100-${id}`, note: 'ü "\\ {[,]}' }, send: {} });
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const replay = (...words: readonly string[]) => run('local/replay.ts', [...words, '--url', inbox.url]);

describe('replay publishes', () => {
  it('one event, byte for byte, however it is formatted', async () => {
    const text = JSON.stringify(event(1), null, 2);
    const { code, stdout } = await replay(file('one.json', `${text}\n`));

    expect(inbox.events).toEqual([text]);
    expect(stdout).toMatch(
      /^accepted 1, refused 0 in [\d.]+ s \([\d,]+ a second\)\nEvents that cannot be recorded are listed at \S+\/local\/dead-letters\.\n$/,
    );
    expect(code).toBe(0);
  });

  it('one event per line, each line unchanged', async () => {
    const lines = [`{ "eventType" : "Send","n":1.0}`, JSON.stringify(event(2)), ' {"eventType":"Open"}'];
    await replay(file('events.ndjson', `\uFEFF${lines.join('\r\n\r\n')}`));

    expect(inbox.events.toSorted()).toEqual(lines.map((line) => line.trim()).toSorted());
  });

  it.each([
    ['on one line', (events: readonly object[]) => JSON.stringify(events)],
    ['formatted', (events: readonly object[]) => JSON.stringify(events, null, 2)],
    ['surrounded by whitespace', (events: readonly object[]) => `\n \n${JSON.stringify(events)}  \n`],
  ])('the elements of an array %s', async (name, write) => {
    const events = [event(1), event(2), event(3)];
    await replay(file(`${name}.json`, write(events)));

    expect(inbox.events.map((text) => JSON.parse(text).mail.messageId).toSorted()).toEqual([
      '0100-1',
      '0100-2',
      '0100-3',
    ]);
    expect(JSON.parse(inbox.events[0] ?? '').mail.note).toBe('ü "\\ {[,]}');
  });

  it('several formatted objects, one after the other', async () => {
    await replay(file('laid-out.json', [1, 2].map((id) => JSON.stringify(event(id), null, 2)).join('\n')));

    expect(inbox.events).toHaveLength(2);
  });

  it('an SNS envelope unchanged, and a string as its content', async () => {
    const envelope = JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event(1)) });
    const body = `${JSON.stringify(event(2))}\n`;
    await replay(file('bodies.ndjson', [envelope, JSON.stringify(body)].join('\n')));
    await replay(file('bodies.json', JSON.stringify([body])));

    expect(inbox.events.toSorted()).toEqual([envelope, body, body].toSorted());
  });

  it('the standard input', async () => {
    const { code } = await run('local/replay.ts', ['-', '--url', inbox.url], { input: JSON.stringify(event(1)) });

    expect(inbox.events).toEqual([JSON.stringify(event(1))]);
    expect(code).toBe(0);
  });

  it('a file relative to where npm was called', async () => {
    file('named.json', JSON.stringify(event(1)));
    const { code } = await run('local/replay.ts', ['named.json', '--url', inbox.url], { INIT_CWD: folder });

    expect(code).toBe(0);
  });

  it('to the named topic, to the port in PORT, with the given concurrency', async () => {
    const many = Array.from({ length: 200 }, (_, id) => JSON.stringify(event(id))).join('\n');
    const words = [file('many.ndjson', many), '--topic', 'a&b', '--concurrency', '3'];
    const { code } = await run('local/replay.ts', words, { PORT: new URL(inbox.url).port });

    expect(code).toBe(0);
    expect(inbox.events).toHaveLength(200);
    expect(new Set(inbox.queries)).toEqual(new Set(['?topic=a%26b']));
    expect(inbox.mostUnderWay()).toBe(3);
  });

  it('files larger than its memory', async () => {
    const line = JSON.stringify({ ...event(1), padding: 'x'.repeat(100_000) });
    const large = file('large.ndjson', `${line}\n`.repeat(400));
    const { code, stdout } = await run('local/replay.ts', [large, '--url', inbox.url], {
      NODE_OPTIONS: '--max-old-space-size=24',
    });

    expect(stdout).toContain('accepted 400, refused 0');
    expect(code).toBe(0);
  });
});

describe('replay continues', () => {
  it.each([
    ['in the middle', 1],
    ['at the beginning', 0],
  ])('after a line that is not an event %s, and reports the line and the reason', async (_, at) => {
    const lines = [JSON.stringify(event(1)), JSON.stringify(event(2))];
    const bad = ['{"eventType":', '17', '{"to":"ann@example.com"}', '{"to":"bo@example.com"}'];
    const { code, stdout } = await replay(file('bad.ndjson', lines.toSpliced(at, 0, ...bad).join('\n')));

    expect(inbox.events.toSorted()).toEqual(lines);
    expect(stdout).toContain('accepted 2, refused 4');
    expect(stdout).toContain(`1 × not JSON (line ${at + 1})\n`);
    expect(stdout).toContain(`1 × JSON, but neither an object nor a string (line ${at + 2})\n`);
    expect(stdout).toContain(`2 × 400 no event of {"to":"<address>"} (line ${at + 3}, line ${at + 4})\n`);
    expect(stdout).not.toContain('@');
    expect(code).toBe(1);
  });

  it('and lists the first five places of each reason, with the file if there are several', async () => {
    const seven = file('seven.ndjson', '{\n'.repeat(7));
    const { stdout } = await replay(seven, file('fine.json', JSON.stringify(event(1))));

    expect(stdout).toContain(`7 × not JSON (${[1, 2, 3, 4, 5].map((line) => `${seven} line ${line}`).join(', ')}, …)`);
  });
});

describe('replay ends with 2', () => {
  it.each([
    ['without a file', [], 'name at least one FILE'],
    ['on an unknown option', ['--fast', 'x'], `replay: Unknown option '--fast'. See "npm run replay -- --help".\n`],
    ['on an option without its value', ['--url', '--topic', 'x'], `replay: Option '--url' argument is ambiguous. See `],
    ['on a concurrency out of range', ['--concurrency', '0', 'x'], '--concurrency takes'],
    ['on a file that does not exist', ['nowhere.json'], 'nowhere.json cannot be read: there is no such file'],
    ['on a folder', ['local'], 'local cannot be read: it is a folder'],
  ])('%s', async (_, words, message) => {
    const { code, stderr } = await replay(...words);

    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('if no stack is running, and explains how to start one', async () => {
    await inbox.stop();
    const { code, stderr } = await replay(file('one.json', JSON.stringify(event(1))));

    expect(stderr).toBe(
      `replay: no stack is running at ${inbox.url}. Start one with "npm start" and try again, or name another with --url.\n`,
    );
    expect(code).toBe(2);
  });
});

it('replay prints its usage', async () => {
  const { code, stdout } = await replay('--help');

  expect(stdout).toContain('npm run replay -- [OPTION ...] FILE ...');
  expect(code).toBe(0);
});
