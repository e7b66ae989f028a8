import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { createApp } from '../../lib/app.ts';
import { BUNDLING, REPLACED } from '../../lib/constructs/bundling.ts';
import { FUNCTION_FOLDERS, type FunctionName } from '../../lib/constructs/function-folders.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A deployed function. */
export type BuiltFunction = Readonly<{
  name: FunctionName;
  /** The folder that its zip would contain. */
  asset: string;
  files: readonly string[];
  /** Names of its own environment variables, without the logger's. */
  variables: readonly string[];
}>;

export type BuiltStack = Readonly<{ outdir: string; functions: readonly BuiltFunction[] }>;

/** Synthesizes the stack with all optional functions and their real bundles into a folder, which the caller deletes. */
export const buildStack = (): BuiltStack => {
  const outdir = mkdtempSync(join(tmpdir(), 'mailtrail-built-'));
  const { template } = createApp({ context: { statusEvents: true }, outdir }).synth().stacks[0] ?? { template: {} };
  const functions = Object.values<{ Type: string; Properties: never }>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => {
      const { Code, Environment } = Properties as {
        Code: { S3Key: string };
        Environment: { Variables: Record<string, unknown> };
      };
      const asset = join(outdir, `asset.${Code.S3Key.replace(/\.zip$/, '')}`);
      return {
        name: String(Environment.Variables.POWERTOOLS_SERVICE_NAME) as FunctionName,
        asset,
        files: readdirSync(asset),
        variables: Object.keys(Environment.Variables).filter((name) => !name.startsWith('POWERTOOLS_')),
      };
    });
  return { outdir, functions };
};

/** The same bundle with the same settings and its metafile, which an asset must not contain. */
export const bundle = async (name: FunctionName): Promise<Readonly<{ text: string; metafile: Metafile }>> => {
  const { externalModules, esbuildArgs: _, format, logLevel, sourceMap, ...settings } = BUNDLING;
  const { outputFiles, metafile } = await build({
    ...settings,
    format: format as 'esm',
    logLevel: logLevel as 'warning',
    sourcemap: sourceMap,
    external: externalModules,
    alias: REPLACED,
    entryPoints: [join(ROOT, 'lambdas', FUNCTION_FOLDERS[name], 'index.ts')],
    outfile: 'index.mjs',
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    metafile: true,
    write: false,
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
};
