import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING, REPLACED } from '../../lib/constructs/bundling.ts';
import { FUNCTION_FOLDERS, type FunctionName } from '../../lib/constructs/function-folders.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The options with which CDK bundles a function, as esbuild takes them. */
export const esbuildOptions = () => {
  const { externalModules, esbuildArgs: _, format, logLevel, sourceMap, ...settings } = BUNDLING;
  return {
    ...settings,
    format: format as 'esm',
    logLevel: logLevel as 'warning',
    sourcemap: sourceMap,
    external: externalModules,
    alias: REPLACED,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
  } as const;
};

/** The entry file of a function. */
export const entryOf = (name: FunctionName): string => join(ROOT, 'lambdas', FUNCTION_FOLDERS[name], 'index.ts');

/** Bundles every function into FOLDER/NAME/index.mjs, the same bytes as CDK makes. @throws Error where one does not bundle */
export const bundleFunctions = async (folder: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(FUNCTION_FOLDERS) as FunctionName[];
  await build({
    ...esbuildOptions(),
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, entryOf(name)])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
};
