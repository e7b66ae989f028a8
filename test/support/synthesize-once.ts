import type { TestProject } from 'vitest/node';
import { synthesize } from '../../local/template/synthesis.ts';

/** Synthesizes the stack and bundles its functions once, for every test that starts it. */
export default async ({ provide }: TestProject) => {
  const { template, assets, remove } = await synthesize();
  provide('synthesis', { template, assets: [...assets] });
  return remove;
};

declare module 'vitest' {
  interface ProvidedContext {
    /** As the local stack takes it, but for what cannot be handed between processes. */
    synthesis: { template: object; assets: [key: string, folder: string][] };
  }
}
