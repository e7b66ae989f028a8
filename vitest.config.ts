import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two real database engines and a stack share the machine with the tests.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/start-engines.ts'],
    env: { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  },
});
