import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEFT_OUT } from '../../lib/constructs/bundling.ts';
import { FUNCTION_FOLDERS, type FunctionName } from '../../lib/constructs/function-folders.ts';
import { EVENT_TOPICS } from '../../lib/recording/event-topics.ts';
import { type BuiltFunction, type BuiltStack, buildStack, bundle } from './built-functions.ts';

const NAMES = Object.keys(FUNCTION_FOLDERS) as FunctionName[];
/** Functions that may call SES. */
const SPEAK_TO_SES: readonly FunctionName[] = [
  'mirror-suppressions',
  'import-suppressions',
  'accept-mail',
  'send-email',
];
const KB = 1_000;
const BUDGETS: Readonly<Partial<Record<FunctionName, number>>> = {
  // With the list of user agents of machines; the bounce function with the suppression rules too.
  ...Object.fromEntries(EVENT_TOPICS.map(({ recorder }) => [recorder, 280])),
  // With the labels of each status.
  'query-status': 300,
  'count-statuses': 240,
  'queue-suppressions': 250,
  'mirror-suppressions': 310,
  'import-suppressions': 320,
  // With the SQS client, and one with the contract.
  'erase-recipient': 280,
  'delete-emails': 270,
  'advance-campaigns': 270,
  'sweep-emails': 270,
  // The labels, and the request checks: no table, no AWS client.
  'explain-statuses': 70,
  // With the clients of SQS, SES and Scheduler, Powertools' idempotency (with JMESPath) and the templates.
  'accept-mail': 466,
  // With the clients of SES, SQS and Secrets Manager, the templates and the check of addresses.
  'send-email': 405,
  // With no DynamoDB client: Lambda reads the streams.
  'publish-status-events': 220,
};
const MOST_BYTES = (name: FunctionName) => (BUDGETS[name] ?? 260) * KB;

let stack: BuiltStack;
const metafiles = new Map<string, Metafile>();
const texts = new Map<string, string>();

beforeAll(async () => {
  stack = buildStack();
  for (const name of NAMES) {
    const { metafile, text } = await bundle(name);
    metafiles.set(name, metafile);
    texts.set(name, text);
  }
});
afterAll(() => rmSync(stack.outdir, { recursive: true, force: true }));

const built = (name: FunctionName): BuiltFunction => {
  const found = stack.functions.find((each) => each.name === name);
  if (!found) throw new Error(`the stack has no function ${name}`);
  return found;
};
const code = (name: FunctionName) => readFileSync(join(built(name).asset, 'index.mjs'), 'utf8');
const output = (name: FunctionName) => {
  const [only] = Object.values(metafiles.get(name)?.outputs ?? {});
  if (!only) throw new Error(`no bundle of ${name}`);
  return only;
};
/** Packages with code in the bundle. */
const packagesIn = (name: FunctionName) =>
  new Set(
    Object.entries(output(name).inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(
        ([file]) =>
          file
            .split('node_modules/')
            .at(-1)
            ?.match(/^(@[^/]+\/)?[^/]+/)?.[0],
      ),
  );

it('are the bundles of every function of the stack', () => {
  // Several functions may have the same name.
  expect([...new Set(stack.functions.map(({ name }) => name))].sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)('the bundle of %s', (name) => {
  it(`has at most ${MOST_BYTES(name) / KB} KB`, () => {
    expect(statSync(join(built(name).asset, 'index.mjs')).size).toBeLessThanOrEqual(MOST_BYTES(name));
  });

  it('is one file, without source map or build notes', () => {
    expect(built(name).files).toEqual(['index.mjs']);
    expect(code(name)).not.toContain('sourceMappingURL');
  });

  it('is the one that these tests examine', () => {
    expect(code(name)).toBe(texts.get(name));
  });

  it('contains nothing of the credential chain, which Lambda never uses', () => {
    for (const left of LEFT_OUT) expect([...packagesIn(name)]).not.toContain(left);
    expect([...packagesIn(name)].filter((one) => /client-(sts|sso|signin|cognito)/.test(one ?? ''))).toEqual([]);
    expect(Object.keys(output(name).inputs).filter((file) => file.includes('event-streams'))).toEqual([]);
  });

  it('contains no endpoint cache, which nothing uses', () => {
    expect([...packagesIn(name)]).not.toContain('mnemonist');
  });

  it('contains an SES client only if it calls SES', () => {
    expect([...packagesIn(name)].includes('@aws-sdk/client-sesv2')).toBe(SPEAK_TO_SES.includes(name));
  });

  // A static import of one of them would make the function fail at load.
  it('imports external modules only on demand', () => {
    const outside = output(name).imports.filter(({ external, path }) => external && !path.startsWith('node:'));

    for (const { path, kind } of outside) {
      expect(LEFT_OUT).toContain(path);
      expect([path, kind]).toEqual([path, 'dynamic-import']);
    }
  });

  it('exports the handler', () => {
    expect(output(name).exports).toEqual(['handler']);
  });

  it('contains nothing of the machine it was built on', () => {
    expect(code(name)).not.toContain(join(import.meta.dirname, '../..'));
  });

  it('reads every variable that the stack sets, and no other', () => {
    const index = readFileSync(join(import.meta.dirname, '../../lambdas', FUNCTION_FOLDERS[name], 'index.ts'), 'utf8');
    const [, names = ''] = index.match(/readEnvironment\(([^)]*)\)/) ?? [];

    expect([...names.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort()).toEqual([...built(name).variables].sort());
  });
});

it('have the same hash when they are built again, so that unchanged functions are not deployed', () => {
  const again = buildStack();
  try {
    const hashes = ({ outdir, functions }: BuiltStack) => functions.map(({ asset }) => asset.slice(outdir.length));

    expect(hashes(again)).toEqual(hashes(stack));
  } finally {
    rmSync(again.outdir, { recursive: true, force: true });
  }
});
