import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEFT_OUT } from '../../lib/bundling.ts';
import { FEEDS } from '../../lib/feeds.ts';
import { type BuiltFunction, type BuiltStack, buildStack, bundle } from './built-functions.ts';

const FOLDERS = [
  ...FEEDS.map(({ recorder }) => recorder),
  ...['count-statuses', 'query-status', 'queue-suppressions', 'mirror-suppressions', 'import-suppressions'],
  ...['erase-recipient', 'delete-emails', 'unsubscribe-recipient', 'track-read', 'accept-mail', 'send-email'],
  ...['advance-campaigns', 'sweep-emails', 'explain-statuses', 'publish-status-events'],
];
/** The ones that may speak to SES. */
const SPEAK_TO_SES = ['mirror-suppressions', 'import-suppressions', 'accept-mail', 'send-email'];
const KB = 1_000;
const BUDGETS: Readonly<Record<string, number>> = {
  // With the list of machines' agents; that of bounces with the rules of suppression too.
  ...Object.fromEntries(FEEDS.map(({ recorder }) => [recorder, 280])),
  // With the words of each status.
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
  // The words, and what checks a request: no table, no client of AWS.
  'explain-statuses': 70,
  // With the clients of SQS, SES and Scheduler, Powertools' idempotency (with JMESPath) and the templates.
  'accept-mail': 465,
  // With the clients of SES, SQS and Secrets Manager, the templates and the check of addresses.
  'send-email': 405,
  // With no DynamoDB client: Lambda reads the streams.
  'publish-status-events': 220,
};
const MOST_BYTES = (folder: string) => (BUDGETS[folder] ?? 260) * KB;

let stack: BuiltStack;
const metafiles = new Map<string, Metafile>();
const texts = new Map<string, string>();

beforeAll(async () => {
  stack = buildStack();
  for (const folder of FOLDERS) {
    const { metafile, text } = await bundle(folder);
    metafiles.set(folder, metafile);
    texts.set(folder, text);
  }
});
afterAll(() => rmSync(stack.outdir, { recursive: true, force: true }));

const built = (folder: string): BuiltFunction => {
  const found = stack.functions.find((each) => each.folder === folder);
  if (!found) throw new Error(`the stack has no function ${folder}`);
  return found;
};
const code = (folder: string) => readFileSync(join(built(folder).asset, 'index.mjs'), 'utf8');
const output = (folder: string) => {
  const [only] = Object.values(metafiles.get(folder)?.outputs ?? {});
  if (!only) throw new Error(`no bundle of ${folder}`);
  return only;
};
/** Packages with code in the bundle. */
const packagesIn = (folder: string) =>
  new Set(
    Object.entries(output(folder).inputs)
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
  // One folder may be several functions.
  expect([...new Set(stack.functions.map(({ folder }) => folder))].sort()).toEqual([...FOLDERS].sort());
});

describe.each(FOLDERS)('the bundle of %s', (folder) => {
  it(`has at most ${MOST_BYTES(folder) / KB} KB`, () => {
    expect(statSync(join(built(folder).asset, 'index.mjs')).size).toBeLessThanOrEqual(MOST_BYTES(folder));
  });

  it('is one file, without source map or build notes', () => {
    expect(built(folder).files).toEqual(['index.mjs']);
    expect(code(folder)).not.toContain('sourceMappingURL');
  });

  it('is what these tests looked into', () => {
    expect(code(folder)).toBe(texts.get(folder));
  });

  it('holds nothing of the credential chain that Lambda never asks', () => {
    for (const left of LEFT_OUT) expect([...packagesIn(folder)]).not.toContain(left);
    expect([...packagesIn(folder)].filter((name) => /client-(sts|sso|signin|cognito)/.test(name ?? ''))).toEqual([]);
    expect(Object.keys(output(folder).inputs).filter((file) => file.includes('event-streams'))).toEqual([]);
  });

  it('holds no cache of endpoints, which nothing asks for', () => {
    expect([...packagesIn(folder)]).not.toContain('mnemonist');
  });

  it('holds an SES client only if it speaks to SES', () => {
    expect([...packagesIn(folder)].includes('@aws-sdk/client-sesv2')).toBe(SPEAK_TO_SES.includes(folder));
  });

  // A static import of one of them would end the function when it is loaded.
  it('asks for what it leaves out only when it is needed', () => {
    const outside = output(folder).imports.filter(({ external, path }) => external && !path.startsWith('node:'));

    for (const { path, kind } of outside) {
      expect(LEFT_OUT).toContain(path);
      expect([path, kind]).toEqual([path, 'dynamic-import']);
    }
  });

  it('exports the handler', () => {
    expect(output(folder).exports).toEqual(['handler']);
  });

  it('knows nothing of the machine it was made on', () => {
    expect(code(folder)).not.toContain(join(import.meta.dirname, '../..'));
  });

  it('reads the environment the stack gives it, all of it', () => {
    const index = readFileSync(join(import.meta.dirname, '../../lambdas', folder, 'index.ts'), 'utf8');
    const [, names = ''] = index.match(/readEnvironment\(([^)]*)\)/) ?? [];

    expect([...names.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort()).toEqual([...built(folder).told].sort());
  });
});

it('have the same hash when they are made again, so that nothing is deployed for nothing', () => {
  const again = buildStack();
  try {
    const hashes = ({ outdir, functions }: BuiltStack) => functions.map(({ asset }) => asset.slice(outdir.length));

    expect(hashes(again)).toEqual(hashes(stack));
  } finally {
    rmSync(again.outdir, { recursive: true, force: true });
  }
});
