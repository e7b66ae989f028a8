import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { createApp } from '../../lib/app.ts';
import type { FunctionName } from '../../lib/constructs/function-folders.ts';
import { entryOf, esbuildOptions } from '../../scripts/pack-construct/bundle-functions.ts';

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
  const { outputFiles, metafile } = await build({
    ...esbuildOptions(),
    entryPoints: [entryOf(name)],
    outfile: 'index.mjs',
    metafile: true,
    write: false,
  });
  return { text: outputFiles[0]?.text ?? '', metafile };
};
