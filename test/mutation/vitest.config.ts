import { defineConfig } from 'vitest/config';

/**
 * The tests that need only the code: no DynamoDB engine, no local stack and no template. Each mutant runs all tests
 * that reach it, so tests with an engine would take hours.
 */
export const PURE_TESTS = [
  'test/domain/**/*.test.ts',
  'test/fixtures/fixtures.test.ts',
  'test/http/instant.test.ts',
  'test/status-events/details.test.ts',
  'test/query-api/unusable-items.test.ts',
  'test/query-api/show-email.test.ts',
  'test/sending/email/text.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    include: PURE_TESTS,
    env: { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  },
});
