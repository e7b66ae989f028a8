import type { TestProject } from 'vitest/node';
import { synthesize } from '../../local/template/synthesis.ts';

/** Synthesizes the stack and bundles its functions once, for all tests that start it. */
export default async ({ provide }: TestProject) => {
  const { template, assets, remove } = await synthesize();
  provide('synthesis', { template, assets: [...assets] });
  return remove;
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesis for the local stack, without what cannot be passed between processes. */
    synthesis: { template: object; assets: [key: string, folder: string][] };
  }
}
