import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../local/replay/progress.ts';
import { createTally } from '../../../local/replay/tally.ts';

/** The output during a hundred steps of 50 milliseconds, and at the end. */
const written = (isTTY: boolean) => {
  let now = 0;
  const texts: string[] = [];
  const stream = { isTTY, write: (text: string) => texts.push(text) > 0 };
  const progress = createProgress(
    stream,
    () => `at ${now}`,
    () => now,
  );
  for (; now <= 5000; now += 50) progress.show();
  progress.end();
  return texts;
};

describe('progress', () => {
  it('is one line on a terminal, overwritten and cleared at the end', () => {
    const texts = written(true);

    expect(texts.slice(0, 2)).toEqual(['\rat 100\u001b[K', '\rat 200\u001b[K']);
    expect(texts.at(-1)).toBe('\r\u001b[K');
    expect(texts.join('')).not.toContain('\n');
  });

  it('is a line every five seconds elsewhere', () => {
    expect(written(false)).toEqual(['at 5000\n']);
  });
});

describe('a tally', () => {
  it('reports counts, time and rate', () => {
    let now = 1000;
    const tally = createTally(() => now);
    for (let index = 0; index < 3000; index += 1) tally.accepted();
    tally.refused('not JSON', 'line 7');
    now += 2000;

    expect(tally.summary()).toBe('accepted 3,000, refused 1 in 2.0 s (1,501 a second)');
  });

  it('groups reasons that differ only by an address, the most frequent first', () => {
    const tally = createTally(() => 0);
    tally.refused('not JSON', 'line 1');
    tally.refused('no row for "ann@example.com"', 'line 2');
    tally.refused('no row for "bo@example.com"', 'line 3');

    expect(tally.reasons()).toEqual(['2 × no row for "<address>" (line 2, line 3)', '1 × not JSON (line 1)']);
  });
});
