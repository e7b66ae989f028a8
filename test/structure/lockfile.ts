import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** An entry of package-lock.json, version 3: https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json */
export type LockedPackage = Readonly<{
  name?: string;
  version?: string;
  resolved?: string;
  /** Digests of the package's archive, as Subresource Integrity writes them. */
  integrity?: string;
  hasInstallScript?: boolean;
  /** Inside the archive of the package that it is in, and so covered by that one's digest. */
  inBundle?: boolean;
  /** A link to a workspace. */
  link?: boolean;
}>;

/** What package-lock.json locks, by folder; without the project itself and links to its workspaces. */
export const lockedPackages = (): readonly (readonly [path: string, entry: LockedPackage])[] => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  return Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
};

/** `@scope/name` of a locked package. */
export const nameOf = ([path, { name }]: readonly [path: string, entry: LockedPackage]): string =>
  name ?? path.split('node_modules/').at(-1) ?? path;
