import type { TestProject } from 'vitest/node';
import { startEngine } from '../../local/engine/engine.ts';
import type { Engine } from '../../local/engine/running-engine.ts';
import { CannotStart } from '../../local/process/cannot-start.ts';

/**
 * Starts, once for all tests, every DynamoDB engine that this machine has, and prints which are missing.
 * `MAILTRAIL_TEST_FAST` limits it to the first one that starts.
 */
export default async ({ provide }: TestProject) => {
  const required = process.env.MAILTRAIL_TEST_ENGINES?.split(',') ?? [];
  const started: (Engine & { kind: string })[] = [];
  for (const kind of ['native', 'java']) {
    if (started.length > 0 && process.env.MAILTRAIL_TEST_FAST) break;
    try {
      started.push({ ...(await startEngine({ engine: kind })), kind });
    } catch (error) {
      if (!(error instanceof CannotStart) || required.includes(kind)) throw error;
      console.log(`SKIPPED: the tests on the ${kind} engine. ${error.message}`);
    }
  }
  if (started.length === 0) throw new Error('there is no DynamoDB engine: the tests of the store would test nothing');
  console.log(`Tests run on these DynamoDB engines: ${started.map(({ name }) => name).join(', ')}.`);
  provide(
    'engines',
    started.map(({ name, kind, endpoint }) => ({ name, kind, endpoint })),
  );
  return () => Promise.all(started.map(({ stop }) => stop()));
};

declare module 'vitest' {
  interface ProvidedContext {
    /** `kind` is its value in MAILTRAIL_ENGINE. */
    engines: { name: string; kind: string; endpoint: string }[];
  }
}
