import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const STACK = ['test/end-to-end/**/*.test.ts'];

export default defineConfig({
  test: {
    // Two real database engines and whole stacks share the machine with the tests.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two where there are two processors, which is one more than Vitest takes: half the time of a stack is waiting.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    globalSetup: ['test/support/start-engines.ts'],
    projects: [
      { extends: true, test: { name: 'parts', include: ['test/**/*.test.ts'], exclude: STACK } },
      // Apart, because what it sets up takes as long as most tests of the other.
      { extends: true, test: { name: 'stack', include: STACK, globalSetup: ['test/support/synthesize-once.ts'] } },
    ],
  },
});
