import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HELP = `Checks the whole project: types, lint, and every test on every DynamoDB engine this machine has.

usage: npm test [-- FILTER ...]

  FILTER   run only the tests whose file name contains it, and neither types nor lint
  --help   prints this

environment:
  MAILTRAIL_TEST_ENGINES   engines that must be there, such as native,java; without it, a missing one is said and skipped
  MAILTRAIL_TEST_BROWSER   required: fail where there is no Chromium; without it, tests in a browser are skipped there

The last line counts: N passed, N failed. Exit code 0 when nothing failed.
`;

type Counts = { passed: number; failed: number; skipped: number };

const filters = process.argv.slice(2);
if (filters.includes('--help') || filters.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}

/** Runs one of the project's own tools, showing what it prints. */
const run = (title: string, ...command: readonly string[]): boolean => {
  console.log(`\n== ${title}`);
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status === 0;
};

/** A check that is one yes or no. */
const check = (title: string, ...command: readonly string[]): Counts =>
  run(title, ...command) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };

const tests = (): Counts => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-test-'));
  process.env.MAILTRAIL_TEST_COUNTS = join(folder, 'counts.json');
  const reporters = ['--reporter=default', '--reporter=./test/support/count-tests.ts'];
  const ok = run('tests', 'node_modules/vitest/vitest.mjs', 'run', ...reporters, ...filters);
  try {
    const counts: Counts = JSON.parse(readFileSync(process.env.MAILTRAIL_TEST_COUNTS, 'utf8'));
    return { ...counts, failed: ok ? counts.failed : Math.max(1, counts.failed) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const all =
  filters.length > 0
    ? [tests()]
    : [
        check('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
        check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
        tests(),
      ];
const sum = (count: keyof Counts) => all.reduce((total, counts) => total + counts[count], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);
