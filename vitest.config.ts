import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SLOW_TESTS } from './test/slow-tests.ts';

const STACK = ['test/end-to-end/**/*.test.ts'];
// Set by test/run.ts for the fast lane.
const fast = Boolean(process.env.MAILTRAIL_TEST_FAST);
const left = fast ? Object.keys(SLOW_TESTS) : [];

export default defineConfig({
  test: {
    // Two real database engines and whole stacks share the machine with the tests.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two where there are two processors, which is one more than Vitest takes: half the time of a stack is waiting.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: {
      ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      // CDK's validation of templates takes two thirds of the time of synthesis.
      ...(fast && { CDK_VALIDATION: 'false' }),
    },
    globalSetup: ['test/support/start-engines.ts'],
    coverage: {
      provider: 'v8',
      include: ['lambdas/**/*.ts'],
      // What wires a function runs only as a bundle, on a thread of its own, where V8's coverage does not reach.
      exclude: ['**/*.gen.ts', 'lambdas/**/index.ts'],
      reporter: ['html', 'json-summary'],
      reportsDirectory: 'coverage/lines',
    },
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: [...STACK, ...left] } },
      // Apart, because what it sets up takes as long as most tests of the other.
      {
        extends: true,
        test: { name: 'stack', include: STACK, exclude: left, globalSetup: ['test/support/synthesize-once.ts'] },
      },
    ],
  },
});
