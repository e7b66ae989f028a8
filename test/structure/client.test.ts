import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import client from '../../client/package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:\bfrom|\bimport)[ (]'([^']+)'/g)].map(
    ([, name = '']) => name,
  );
/** It generates the types, and is not in the package. */
const GENERATOR = 'client/generate.ts';

describe('client', () => {
  const files = globSync('client/*.ts', { cwd: ROOT }).filter((file) => file !== GENERATOR);

  it.each(files)('%s imports only its neighbours and what the package depends on, and so runs in a browser', (file) => {
    const others = importsOf(file).filter((name) => !/^\.\/[a-z0-9.]+\.ts$/.test(name));

    for (const name of others) expect(Object.keys(client.dependencies)).toContain(name);
    expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(/\bBuffer\b|\bprocess\./);
  });

  it('is imported only by tests, its generator only by the generator of the contract', () => {
    const sources = globSync('{bin,lambdas,lib,local,scripts}/**/*.ts', { cwd: ROOT });
    const importers = sources.filter((file) => importsOf(file).some((name) => /\/client\/|@mailtrail/.test(name)));

    expect(sources.length).toBeGreaterThan(200);
    expect(importers).toEqual(['scripts/generate-contract.ts']);
  });
});
