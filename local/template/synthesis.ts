import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart, oneLine } from '../process/cannot-start.ts';
import type { AssetFolders } from './functions.ts';
import type { Template } from './template.ts';

/** The result of synthesis. */
export type Synthesis = Readonly<{
  template: Template;
  assets: AssetFolders;
  /** Deletes the output folder, bundles included. */
  remove: () => void;
}>;

/** Options of `-c NAME=VALUE`, as for the CDK command line. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * Synthesizes the stack as `cdk synth` does, in this process, into a temporary folder that is deleted when the process
 * exits.
 *
 * @throws CannotStart if the stack does not synthesize
 */
export const synthesize = async (context: Context = {}): Promise<Synthesis> => {
  const folder = mkdtempSync(join(tmpdir(), 'mailtrail-'));
  const remove = () => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  try {
    const { createApp } = await import('../../lib/app.ts');
    // Adds the construct paths to the template; the CDK command line sets this by itself.
    const app = createApp({
      context: { 'aws:cdk:enable-path-metadata': true, ...context, ...WITHOUT_DOMAIN },
      outdir: folder,
    });
    const { stacks } = app.synth();
    const [stack] = stacks;
    if (stack === undefined) throw new Error('the app has no stack');
    return {
      template: stack.template as Template,
      assets: await zipAssets(folder, `${stack.id}.assets.json`),
      remove,
    };
  } catch (error) {
    remove();
    throw new CannotStart(`the stack does not synthesize: ${reasonOf(error)}`);
  }
};

/** Links must lead to the local stack, whatever domain name the deployed one has. */
const WITHOUT_DOMAIN: Context = { apiDomainName: '', apiCertificateArn: '' };

type AssetManifest = Readonly<{
  files?: Readonly<Record<string, AssetFile>>;
}>;
type AssetFile = Readonly<{
  source: Readonly<{ path?: string; packaging?: string }>;
  destinations: Readonly<Record<string, Readonly<{ objectKey: string }>>>;
}>;

const zipAssets = async (folder: string, manifest: string): Promise<AssetFolders> => {
  const { files = {} } = JSON.parse(await readFile(join(folder, manifest), 'utf8')) as AssetManifest;
  const zips = Object.values(files).filter(({ source }) => source.packaging === 'zip' && source.path !== undefined);
  return new Map(
    zips.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path ?? '')] as const),
    ),
  );
};

const reasonOf = (error: unknown): string => {
  // CDK's message is esbuild's whole command line; esbuild has already printed the error.
  const [, bundled] = /^Failed to bundle asset (\S+?)\/Code\//.exec(oneLine(error)) ?? [];
  return bundled === undefined ? oneLine(error) : `${bundled} cannot be bundled; see the lines above.`;
};
