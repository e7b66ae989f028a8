import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const HELP = `Mutation testing of lambdas/domain: changes the code in one place at a time, and runs the tests that reach it. A change
that no test detects is a survivor, and is printed.

  npm run test:mutation                        all of lambdas/domain; takes some ten minutes on two processors
  npm run test:mutation -- NAME ...            only files of lambdas/domain with one of the names in their path
  npm run test:mutation -- --help              this text

Only tests without a DynamoDB engine are used (test/mutation/vitest.config.ts). Constants of modules are not changed.
The report with the code is coverage/mutation/mutation.html.

Exit code: 0 at least 90 % of the covered and uncovered changes were detected, 1 fewer, 2 wrong usage.
`;

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const files = globSync('lambdas/domain/**/*.ts')
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.gen.ts'));
const chosen = files.filter((file) => words.some((word) => file.slice('lambdas/domain/'.length).includes(word)));
const unknown = words.filter((word) => !files.some((file) => file.slice('lambdas/domain/'.length).includes(word)));
if (unknown.length > 0) {
  console.error(`test:mutation: no file of lambdas/domain has "${unknown.join('", "')}" in its path. See --help.`);
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/@stryker-mutator/core/bin/stryker.js',
    ...['run', 'test/mutation/stryker.config.json'],
    ...(chosen.length > 0 ? ['--mutate', chosen.join(',')] : []),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
