import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const LAMBDAS = join(import.meta.dirname, '../../lambdas');
/** Shared rooms and what each may import; a function's folder may import all of them. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  store: ['domain'],
  http: ['domain'],
  sending: ['domain'],
  recording: ['domain', 'store'],
};

const files = readdirSync(LAMBDAS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll(sep, '/'));

const roomOf = (file: string): string => file.split('/')[0] ?? '';
const isFunction = (room: string): boolean => !(room in SHARED) && statSync(join(LAMBDAS, room)).isDirectory();

/** What a file imports, types too: packages by name, files by their path in lambdas/. */
const importsOf = (file: string): readonly string[] =>
  [...code(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? relative(LAMBDAS, join(LAMBDAS, dirname(file), name)).replaceAll(sep, '/') : name,
  );
/** A file without its comments. */
const code = (file: string): string =>
  readFileSync(join(LAMBDAS, file), 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');

const isPackage = (name: string): boolean => !files.includes(name) && !/\.(ts|json)$/.test(name);

describe('lambdas', () => {
  it('has the shared rooms, and functions that each have an index', () => {
    const rooms = readdirSync(LAMBDAS).filter((entry) => statSync(join(LAMBDAS, entry)).isDirectory());

    expect(rooms).toEqual(expect.arrayContaining(Object.keys(SHARED)));
    for (const room of rooms.filter(isFunction)) {
      expect(room).toMatch(/^[a-z]+-[a-z]+(-[a-z]+)?$/);
      expect(files).toContain(`${room}/index.ts`);
    }
  });

  it.each(files)('%s imports only along the arrows', (file) => {
    const room = roomOf(file);
    const allowed = isFunction(room) ? Object.keys(SHARED) : (SHARED[room] ?? []);
    for (const imported of importsOf(file).filter((name) => !isPackage(name))) {
      // Only a function's index.ts may know the environment.
      const reachable = [room, ...allowed, ...(/^[^/]+\/index\.ts$/.test(file) ? ['environment.ts'] : [])];
      expect([file, reachable]).toEqual([file, expect.arrayContaining([roomOf(imported)])]);
    }
  });

  it.each(files.filter((file) => roomOf(file) === 'domain'))('%s is pure', (file) => {
    for (const name of importsOf(file).filter(isPackage)) expect(['node:url', 'node:crypto']).toContain(name);
    expect(code(file)).not.toMatch(
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bprocess\b/,
    );
  });

  it.each(files)('%s speaks to AWS only if it is of the store or wires it', (file) => {
    const wires = /(^|\/)(index|[a-z]+-function)\.ts$/.test(file);
    if (roomOf(file) !== 'store' && !wires) {
      expect(importsOf(file).filter((name) => name.startsWith('@aws-sdk/'))).toEqual([]);
    }
    if (file !== 'environment.ts') expect(code(file)).not.toContain('process.env');
  });
});
