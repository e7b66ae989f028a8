// Writes lambdas/http/contract.gen.ts: what of lambdas/http/openapi.json a function needs to check requests by. The whole
// document, with its answers and examples, is too much to load at every cold start. Run it as `npm run generate`.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation, ParameterSchema } from '../lambdas/http/contract.ts';
import openapi from '../lambdas/http/openapi.json' with { type: 'json' };

type Json = Readonly<Record<string, unknown>>;

/** What the operations of an OpenAPI document take, by route key. Throws where a reference of the document leads nowhere. */
export const contractOf = (document: Json = openapi): Readonly<Record<string, Operation>> => {
  const resolve = (value: unknown): Json => resolved(document, value as Json);
  const operations = Object.entries(document.paths as Json).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) => [path, method, operation as Json] as const),
  );
  return Object.fromEntries(
    operations.map(([path, method, { parameters = [], requestBody }]) => {
      const all = (parameters as readonly unknown[]).map(resolve);
      const taken = (where: string) =>
        Object.fromEntries(
          all.filter((one) => one.in === where).map((one) => [one.name, checked(resolve(one.schema), one.required)]),
        );
      return [
        `${method.toUpperCase()} ${path}`,
        {
          path: taken('path'),
          query: taken('query'),
          body: requestBody ? fieldsOf(resolve(requestBody), resolve) : {},
        },
      ];
    }),
  );
};

const fieldsOf = ({ content }: Json, resolve: (value: unknown) => Json): Operation['body'] => {
  const { schema } = resolve((content as Json)['application/json']);
  const { properties = {}, required = [] } = resolve(schema);
  return Object.fromEntries(
    Object.entries(properties as Json).map(([name, field]) => [
      name,
      checked(resolve(field), (required as readonly string[]).includes(name)),
    ]),
  );
};

const CHECKED = ['type', 'enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'format', 'default'];

const checked = (schema: Json, required: unknown): ParameterSchema =>
  Object.fromEntries([
    ...Object.entries(schema).filter(([keyword]) => CHECKED.includes(keyword)),
    ...(required === true ? [['required', true]] : []),
  ]);

/** What a reference points at, with the keywords beside it, as OpenAPI 3.1 allows in a schema. */
const resolved = (document: Json, value: Json): Json => {
  const { $ref, ...beside } = value;
  if (typeof $ref !== 'string') return value;
  let target: unknown = document;
  for (const step of $ref.replace(/^#\//, '').split('/')) target = (target as Json | undefined)?.[step];
  if (target === undefined) throw new Error(`openapi.json: ${$ref} leads nowhere`);
  return { ...resolved(document, target as Json), ...beside };
};

const write = (): void => {
  const file = join(import.meta.dirname, '../lambdas/http/contract.gen.ts');
  writeFileSync(
    file,
    [
      '// Made of openapi.json by `npm run generate`: change it there.',
      "import type { Operation } from './contract.ts';",
      '',
      '/** What each operation takes. */',
      `export const CONTRACT = ${JSON.stringify(contractOf())} as const satisfies Readonly<Record<string, Operation>>;`,
    ].join('\n'),
  );
  const biome = join(import.meta.dirname, '../node_modules/@biomejs/biome/bin/biome');
  const { status } = spawnSync(process.execPath, [biome, 'check', '--write', file], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
};

const HELP = 'Writes lambdas/http/contract.gen.ts from lambdas/http/openapi.json.\n\nusage: npm run generate';

if (import.meta.main) {
  if (process.argv.length === 2) write();
  else {
    console.log(HELP);
    process.exitCode = /^(--help|-h)$/.test(process.argv[2] ?? '') ? 0 : 2;
  }
}
