import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { read } from '../docs/documents.ts';

/** How much an entry point of the client adds to a front end, minified with everything it imports, in KB. */
const sizeOf = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../../client', entry)],
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022' },
  } as const);
  const [output] = outputFiles;
  return ((output?.contents.byteLength ?? 0) / 1_000).toFixed(1);
};

describe('the client', () => {
  it.each([
    ['index.ts', 'The client', 9],
    ['sigv4.ts', 'Signing', 7],
  ])('%s has the size in its README', async (entry, name, most) => {
    const size = await sizeOf(entry);

    expect(read('client/README.md')).toContain(`${name} is ${size} KB minified`);
    expect(Number(size)).toBeLessThanOrEqual(most);
  });
});
