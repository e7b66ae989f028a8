import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedEvents } from '../../../local/replay/recorded-events.ts';

/** Objects with everything that could be mistaken for the end of one, and line breaks when formatted. */
const event = fc.record({
  eventType: fc.constantFrom('Send', 'Open'),
  text: fc.constantFrom('', '"', '\\', '\\"', '}', '{', ']', '[', ',', '\n', 'ü', '{"a":"}'),
  list: fc.array(fc.oneof(fc.integer(), fc.constant(null), fc.constant({ a: ['}'] })), { maxLength: 3 }),
});

const layouts: Readonly<Record<string, (events: readonly object[]) => string>> = {
  'one per line': (events) => events.map((one) => JSON.stringify(one)).join('\n'),
  'one per line with a newline at the end': (events) => events.map((one) => `${JSON.stringify(one)}\r\n`).join(''),
  'an array on one line': (events) => JSON.stringify(events),
  'a formatted array': (events) => `${JSON.stringify(events, null, 2)}\n`,
  'an array after a byte order mark': (events) => `\uFEFF${JSON.stringify(events)}`,
  'several arrays': (events) => events.map((one) => JSON.stringify([one])).join('\n'),
  'an array of strings': (events) => JSON.stringify(events.map((one) => JSON.stringify(one))),
  'formatted, one after the other': (events) => events.map((one) => JSON.stringify(one, null, '\t')).join('\n'),
};

/** A text in chunks of some size, as from a stream. */
async function* inChunks(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('recorded events', () => {
  it.each(Object.entries(layouts))('%s are read whole, wherever the stream is cut', async (_, write) => {
    const cases = fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 30 }),
      async (events, size) => {
        const read: unknown[] = [];
        for await (const found of recordedEvents(inChunks(write(events), size))) {
          read.push('event' in found ? JSON.parse(found.event) : found.refused);
        }

        expect(read).toEqual(events);
      },
    );
    await fc.assert(cases);
  });

  it('have the line on which each begins', async () => {
    const lines: number[] = [];
    for await (const { line } of recordedEvents(inChunks('[\n {"a":\n1},\n\n{"b":2}, 3 ,\n"x"]', 3))) lines.push(line);

    expect(lines).toEqual([2, 5, 5, 6]);
  });

  it('of an incomplete array are those before the break, and one that is not JSON', async () => {
    const read: unknown[] = [];
    for await (const { line: _, ...found } of recordedEvents(inChunks('[{"a":1},{"b":', 4))) read.push(found);

    expect(read).toEqual([{ event: '{"a":1}' }, { refused: 'not JSON' }]);
  });

  it.each(['', '\n \n', '[]', '[ ]\n'])('are absent from %j', async (text) => {
    for await (const found of recordedEvents(inChunks(text, 2))) expect.unreachable(JSON.stringify(found));
  });
});
