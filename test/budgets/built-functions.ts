import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { createApp } from '../../lib/app.ts';
import type { FunctionName } from '../../lib/constructs/function-folders.ts';
import { entryOf, esbuildOptions } from '../../scripts/pack-construct/bundle-functions.ts';

/** A function as it is deployed. */
export type BuiltFunction = Readonly<{
  name: FunctionName;
  /** What its zip would hold: this folder. */
  asset: string;
  files: readonly string[];
  /** Names of its own environment variables, those of the logger left out. */
  told: readonly string[];
}>;

export type BuiltStack = Readonly<{ outdir: string; functions: readonly BuiltFunction[] }>;

/** Synthesizes the stack, with all functions there can be and their real bundles, into a folder of its own, which the caller deletes. */
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
        told: Object.keys(Environment.Variables).filter((name) => !name.startsWith('POWERTOOLS_')),
      };
    });
  return { outdir, functions };
};

/** The same bundle from the same settings, with what went into it. In the asset that list would be deployed too. */
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
