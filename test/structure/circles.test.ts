import { globSync, readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = '{bin,client,lambdas,lib,local,scripts,test}';

/** The project's modules, each with the modules it imports; type imports count too. */
const imports: ReadonlyMap<string, readonly string[]> = (() => {
  const files = globSync(`${FOLDERS}/**/*.ts`, { cwd: ROOT, exclude: ['**/node_modules/**'] }).map((file) =>
    file.replaceAll(sep, '/'),
  );
  const known = new Set(files);
  return new Map(files.map((file) => [file, importsOf(file).filter((imported) => known.has(imported))]));
})();

function importsOf(file: string): readonly string[] {
  const code = readFileSync(join(ROOT, file), 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(([, name = '']) =>
    normalize(join(file, '..', name)).replaceAll(sep, '/'),
  );
}

/** Groups of modules that import each other, by Tarjan's algorithm for strongly connected components. */
const circlesIn = (graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] => {
  const [index, low] = [new Map<string, number>(), new Map<string, number>()];
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    index.set(node, index.size);
    let lowest = index.size - 1;
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? 0);
    }
    low.set(node, lowest);
    if (lowest === index.get(node)) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || graph.get(node)?.includes(node)) circles.push(group);
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
};

describe('the project’s modules', () => {
  it('are all read, with their imports', () => {
    expect(imports.size).toBeGreaterThan(800);
    expect([...imports.values()].flat().length).toBeGreaterThan(3_000);
  });

  it('have no import circle', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  it('would be reported if they had one', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
      ['e', ['e']],
    ]);

    expect(circlesIn(graph)).toEqual([['b', 'c'], ['e']]);
  });
});
