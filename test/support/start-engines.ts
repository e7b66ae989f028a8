import type { TestProject } from 'vitest/node';
import { CannotStart } from '../../local/cannot-start.ts';
import { type Engine, startEngine } from '../../local/engine/engine.ts';

/** Starts, once for all tests, every DynamoDB that this machine has; says which it has not. */
export default async ({ provide }: TestProject) => {
  const started: Engine[] = [];
  for (const engine of ['native', 'java']) {
    try {
      started.push(await startEngine({ engine }));
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      console.log(`SKIPPED: tests on the ${engine} engine. ${error.message}`);
    }
  }
  if (started.length === 0) throw new Error('no DynamoDB engine: the tests of the store would test nothing');
  console.log(`DynamoDB engines: ${started.map(({ name }) => name).join(', ')}`);
  provide(
    'engines',
    started.map(({ name, endpoint }) => ({ name, endpoint })),
  );
  return () => Promise.all(started.map(({ stop }) => stop()));
};

declare module 'vitest' {
  interface ProvidedContext {
    engines: { name: string; endpoint: string }[];
  }
}
