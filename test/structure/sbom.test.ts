import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockedPackages, nameOf, ROOT } from './lockfile.ts';

type Component = Readonly<{ purl: string; hashes?: readonly { alg: string; content: string }[] }>;

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
// The command of `npm run sbom`, without the file that it writes.
const [, ...words] = scripts.sbom.split(' > ')[0].split(' ');
const sbom = JSON.parse(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 }));
const components: readonly Component[] = sbom.components;

/** Package URL of a locked package: https://github.com/package-url/purl-spec */
const purlOf = (entry: Parameters<typeof nameOf>[0]) =>
  `pkg:npm/${nameOf(entry).replace('@', '%40')}@${entry[1].version}`;

/** A digest as CycloneDX writes it, in hexadecimal. */
const hex = (integrity: string) => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');

const packages = lockedPackages();
const sorted = (purls: readonly string[]) => [...new Set(purls)].sort();

describe('The SBOM', () => {
  it('is a CycloneDX document', () => {
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { type: 'application' } } });
  });

  it('lists every package of the lockfile, and no other', () => {
    expect(packages.length).toBeGreaterThan(300);
    expect(sorted(components.map(({ purl }) => purl))).toEqual(sorted(packages.map(purlOf)));
  });

  it('has the digest of every package that is fetched by itself', () => {
    // npm 11 lists a package once that is also inside another, and may take that one, which has no digest.
    const inside = new Set(packages.filter(([, { integrity }]) => !integrity).map(purlOf));
    const fetched = packages.filter((entry) => !inside.has(purlOf(entry)));
    const digests = new Map(components.map(({ purl, hashes }) => [purl, hashes?.[0]?.content]));

    expect(fetched.length).toBeGreaterThan(300);
    for (const entry of fetched) expect(digests.get(purlOf(entry))).toBe(hex(entry[1].integrity ?? ''));
  });
});
