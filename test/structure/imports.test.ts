import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUNCTION_FOLDERS } from '../../lib/constructs/function-folders.ts';

const LAMBDAS = join(import.meta.dirname, '../../lambdas');

/** Shared folders, and which shared folders each may import. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  runtime: [],
  store: ['domain', 'runtime'],
  aws: ['domain', 'runtime'],
  http: ['domain', 'runtime'],
};
/** Folders of one capability each: they may import all shared folders, and of the other capabilities only these. */
const CAPABILITIES: Readonly<Record<string, readonly string[]>> = {
  recording: [],
  'campaign-counts': [],
  'query-api': [],
  // The links in an email contain the tokens that the public links verify.
  sending: ['public-links'],
  'suppression-sync': [],
  'public-links': [],
  erasure: [],
  'status-events': [],
};

const files = globSync('**/*.ts', { cwd: LAMBDAS }).map((file) => file.replaceAll(sep, '/'));
const roomOf = (file: string): string => file.split('/')[0] ?? '';
/** The function that a file belongs to, by its folder; `undefined` for files that functions share. */
const functionOf = (file: string): string | undefined =>
  Object.values(FUNCTION_FOLDERS).find((folder) => file.startsWith(`${folder}/`));

/** A file without its comments. */
const code = (file: string): string =>
  readFileSync(join(LAMBDAS, file), 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
/** A file's imports, type imports too: packages by name, files by their path in lambdas/. */
const importsOf = (file: string): readonly string[] =>
  [...code(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(file), name)).replaceAll(sep, '/') : name,
  );
const isPackage = (name: string): boolean => !files.includes(name) && !/\.(ts|json)$/.test(name);

describe('lambdas', () => {
  it('has these folders and no others', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(
      [...Object.keys(SHARED), ...Object.keys(CAPABILITIES)].sort(),
    );
  });

  it('has one folder for each function, in the folder of its capability', () => {
    const indexes = files.filter((file) => file.endsWith('/index.ts')).map(dirname);

    expect(indexes.sort()).toEqual(Object.values(FUNCTION_FOLDERS).toSorted());
    for (const [name, folder] of Object.entries(FUNCTION_FOLDERS)) {
      expect(Object.keys(CAPABILITIES)).toContain(roomOf(folder));
      expect(folder).toBe(`${roomOf(folder)}/${name}`);
    }
  });

  it.each(files)('%s imports only what its folder may', (file) => {
    const room = roomOf(file);
    const others = SHARED[room] ?? [...Object.keys(SHARED), ...(CAPABILITIES[room] ?? [])];
    for (const imported of importsOf(file).filter((name) => !isPackage(name))) {
      expect([file, [room, ...others]]).toEqual([file, expect.arrayContaining([roomOf(imported)])]);
      // No function imports another one.
      expect([undefined, functionOf(file)]).toContain(functionOf(imported));
    }
  });

  it.each(files.filter((file) => roomOf(file) === 'domain'))('%s is pure', (file) => {
    for (const name of importsOf(file).filter(isPackage)) expect(['node:url', 'node:crypto']).toContain(name);
    expect(code(file)).not.toMatch(
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bprocess\b/,
    );
  });

  it.each(files)('%s calls AWS only if it is in store or aws, or is a function’s index', (file) => {
    const wires = /(^|\/)(index|[a-z]+-function)\.ts$/.test(file);
    const sdk = importsOf(file).filter((name) => name.startsWith('@aws-sdk/'));
    if (!['store', 'aws'].includes(roomOf(file)) && !wires) expect(sdk).toEqual([]);
    if (roomOf(file) === 'aws') expect(sdk.filter((name) => name.includes('dynamodb'))).toEqual([]);
    if (roomOf(file) === 'store') expect(sdk.filter((name) => !name.includes('dynamodb'))).toEqual([]);
  });

  it.each(files)('%s reads the environment only if it may', (file) => {
    if (file !== 'runtime/environment.ts') expect(code(file)).not.toContain('process.env');
    if (!file.endsWith('/index.ts')) expect(importsOf(file)).not.toContain('runtime/environment.ts');
  });
});
