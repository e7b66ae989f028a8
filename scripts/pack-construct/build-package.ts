import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleFunctions } from './bundle-functions.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The name of the package on npm. */
export const PACKAGE = 'mailtrail-cdk';

/**
 * Writes the package of the construct into a folder: JavaScript and type declarations of lib, and the functions' bundles, so
 * that an app that uses it needs neither esbuild nor these sources.
 *
 * @throws Error where TypeScript or esbuild fails
 */
export const buildPackage = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tsc = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      join(import.meta.dirname, 'tsconfig.json'),
      '--outDir',
      folder,
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (tsc.status !== 0) throw new Error(`TypeScript does not compile the construct: ${tsc.stdout}${tsc.stderr}`);
  removeUnused(folder);
  await bundleFunctions(join(folder, 'bundles'));
  for (const file of ['README.md', 'LICENSE']) {
    copyFileSync(file === 'LICENSE' ? join(ROOT, file) : join(import.meta.dirname, file), join(folder, file));
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
};

/** Removes what only types lead to: the functions' own modules, which are in the bundles. */
const removeUnused = (folder: string): void => {
  const used = new Set<string>();
  const follow = (file: string): void => {
    if (used.has(file)) return;
    used.add(file);
    if (!file.endsWith('.js')) return;
    for (const [, name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)) {
      follow(join(dirname(file), name));
    }
  };
  follow('lib/index.js');
  for (const file of globSync('lambdas/**/*.{js,d.ts,json}', { cwd: folder })) {
    if (!used.has(file.replace(/\.d\.ts$/, '.js'))) rmSync(join(folder, file));
  }
};

const manifest = () => {
  const { version, license, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [cdk, constructs] = [dependencies['aws-cdk-lib'], dependencies.constructs];
  return {
    name: PACKAGE,
    version,
    description: 'A CDK construct: what happened to every email sent through Amazon SES',
    license,
    keywords: ['aws', 'cdk', 'aws-cdk', 'ses', 'email', 'bounce', 'suppression'],
    type: 'module',
    engines: { node: '>=22.12' },
    exports: { '.': { types: './lib/index.d.ts', default: './lib/index.js' }, './package.json': './package.json' },
    files: ['lib', 'lambdas', 'bundles'],
    peerDependencies: { 'aws-cdk-lib': `^${cdk}`, constructs: `^${constructs}` },
  };
};
