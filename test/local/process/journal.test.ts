import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptJournal } from '../../../local/process/journal.ts';
import { temporaryFolder } from '../bundle.ts';

const open = (folder: string) => keptJournal<number | string>(folder, 'numbers.jsonl', 'the numbers');

describe('a journal', () => {
  it('keeps undeleted values, in order of arrival, for the next journal on the folder, closed or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer()))),
        fc.boolean(),
        (changes, isClosed) => {
          const folder = temporaryFolder();
          const journal = open(folder);
          const expected = new Map<string, number>();
          for (const [key, value] of changes) {
            if (value === null) {
              journal.delete(key);
              expected.delete(key);
            } else {
              journal.put(key, value);
              expected.set(key, value);
            }
          }
          if (isClosed) journal.close();

          expect(open(folder).entries()).toEqual([...expected]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is in the file before a change returns, and readable by its owner alone', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    journal.put('a', 'two\nlines');

    const file = join(folder, 'numbers.jsonl');
    expect(readFileSync(file, 'utf8')).toBe('["a","two\\nlines"]\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('drops an incomplete last line, and appends after the lines before it', () => {
    const folder = temporaryFolder();
    open(folder).put('a', 1);
    appendFileSync(join(folder, 'numbers.jsonl'), '["b",2');
    const journal = open(folder);
    journal.put('c', 3);

    expect(open(folder).entries()).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });

  it('names a file that is damaged in the middle, and quotes nothing of it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'numbers.jsonl'), '["a",1]\nann@example.com\n["b",2]\n');

    expect(() => open(folder)).toThrow(/cannot read the numbers in .*numbers\.jsonl: it is damaged/);
    expect(() => open(folder)).not.toThrow(/@example/);
  });

  it('does not grow with deleted values', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    for (let n = 0; n < 100; n++) journal.put(`kept ${n}`, n);
    for (let n = 0; n < 40_000; n++) {
      journal.put(String(n), n);
      journal.delete(String(n));
    }

    expect(readFileSync(join(folder, 'numbers.jsonl'), 'utf8').split('\n').length).toBeLessThan(11_000);
    expect(open(folder).entries()).toHaveLength(100);
  });

  it('writes nothing once it is closed', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    journal.put('a', 1);
    journal.close();
    journal.put('b', 2);
    journal.delete('a');

    expect(open(folder).entries()).toEqual([['a', 1]]);
  });

  it('works in memory without a folder', () => {
    const journal = keptJournal(undefined, 'numbers.jsonl', 'the numbers');
    journal.put('a', 1);

    expect(journal.entries()).toEqual([]);
    expect(existsSync('numbers.jsonl')).toBe(false);
  });
});
