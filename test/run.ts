import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesCovered } from './support/lines-covered.ts';

const HELP = `Checks the whole project: types, lint, and every test on every DynamoDB engine this machine has.

usage: npm test [-- FILTER ...]
       npm run test:fast [-- FILTER ...]
       npm run test:coverage [-- FILTER ...]

  FILTER       run only the tests whose file name contains it, and neither types nor lint
  --help       prints this

test:fast      only tests, on one engine, without those that test/slow-tests.ts lists: the browser, whole stacks, and what
               takes long. The target is two minutes on two idle processors.
test:coverage  the same, and how much of lambdas/ and lambdas/domain/ they run. The report is coverage/lines/index.html

environment:
  MAILTRAIL_TEST_ENGINES   engines that must be there, such as native,java; without it, a missing one is said and skipped
  MAILTRAIL_TEST_BROWSER   required: fail where there is no Chromium; without it, tests in a browser are skipped there

The last line counts: N passed, N failed. Exit code 0 when nothing failed.
`;

type Counts = { passed: number; failed: number; skipped: number };

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}
const coverage = words.includes('--coverage');
const fast = coverage || words.includes('--fast');
const filters = words.filter((word) => word !== '--coverage' && word !== '--fast');
if (fast) process.env.MAILTRAIL_TEST_FAST = '1';

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
  const report = coverage ? ['--coverage'] : [];
  const ok = run('tests', 'node_modules/vitest/vitest.mjs', 'run', ...reporters, ...report, ...filters);
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
  fast || filters.length > 0
    ? [tests()]
    : [
        check('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
        check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
        tests(),
      ];
const sum = (count: keyof Counts) => all.reduce((total, counts) => total + counts[count], 0);
if (coverage) console.log(`\n${linesCovered('coverage/lines/coverage-summary.json')}`);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);
