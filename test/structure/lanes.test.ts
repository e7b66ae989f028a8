import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SLOW_TESTS } from '../slow-tests.ts';
import { linesCovered } from '../support/lines-covered.ts';
import { ROOT } from './lockfile.ts';

const files = (pattern: string) => globSync(pattern, { cwd: ROOT }).filter((file) => file.endsWith('.test.ts'));
const all = files('test/**/*.test.ts');
const left = Object.keys(SLOW_TESTS).flatMap(files);

describe('The fast lane', () => {
  it.each(Object.keys(SLOW_TESTS))('leaves out tests that there are: %s', (path) => {
    expect(files(path)).not.toEqual([]);
  });

  it('runs most files', () => {
    expect(left.length).toBeLessThan(all.length / 4);
  });

  it('starts no browser', () => {
    const browsing = all.filter((file) => /support\/browser\.ts'/.test(readFileSync(join(ROOT, file), 'utf8')));

    expect(browsing).not.toEqual([]);
    expect(browsing.filter((file) => !left.includes(file))).toEqual([]);
  });
});

describe('The coverage report', () => {
  it('sums the files of a folder, and rounds down', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mailtrail-coverage-'));
    const file = join(folder, 'coverage-summary.json');
    const of = (total: number, covered: number) => ({
      lines: { total, covered, pct: 0 },
      branches: { total: 2, covered: 1, pct: 50 },
    });
    writeFileSync(
      file,
      JSON.stringify({
        total: of(3003, 2100),
        '/p/lambdas/domain/a.ts': of(1, 0),
        '/p/lambdas/domain/status/b.ts': of(2999, 2999),
        '/p/lambdas/store/c.ts': of(1000, 500),
      }),
    );
    const summary = linesCovered(file);
    rmSync(folder, { recursive: true });

    expect(summary).toBe(
      'lambdas/domain: 99.9 % of 3000 lines, 50 % of 4 branches, in 2 files\n' +
        'lambdas: 87.4 % of 4000 lines, 50 % of 6 branches, in 3 files',
    );
  });
});
