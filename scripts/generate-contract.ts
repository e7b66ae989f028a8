// Writes lambdas/http/contract.gen.ts and sending-contract.gen.ts: the parts of lambdas/http/openapi.json that a
// function needs to check requests. The whole document, with responses and examples, is too large to load at every cold
// start. Also writes client/openapi.gen.ts, the types of the client. Run it with `npm run generate`.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapi from '../lambdas/http/openapi.json' with { type: 'json' };
import type { FieldSchema, Operation, ParameterSchema } from '../lambdas/http/schema.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The inputs of the operations of an OpenAPI document, by route key, except public ones, whose requests are not checked
 * by the contract. Throws on a reference that does not resolve.
 */
export const contractOf = (document: Json = openapi): Readonly<Record<string, Operation>> => {
  const resolve = (value: unknown): Json => resolved(document, value as Json);
  const operations = Object.entries(document.paths as Json).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) => [path, method, operation as Json] as const),
  );
  const closed = operations.filter(([, , { security }]) => !Array.isArray(security) || security.length > 0);
  return Object.fromEntries(
    closed.map(([path, method, operation]) => {
      const { parameters = [], requestBody, 'x-mailtrail-window': window, 'x-mailtrail-function': answers } = operation;
      const all = (parameters as readonly unknown[]).map(resolve);
      const taken = (where: string) =>
        Object.fromEntries(
          all
            .filter((one) => one.in === where)
            .map((one) => [
              where === 'header' ? String(one.name).toLowerCase() : one.name,
              checked(resolve(one.schema), one.required),
            ]),
        );
      const header = taken('header');
      return [
        `${method.toUpperCase()} ${path}`,
        {
          path: taken('path'),
          query: taken('query'),
          body: requestBody ? bodyOf(resolve(requestBody), resolve) : {},
          ...(Object.keys(header).length > 0 && { header }),
          ...(window === undefined ? {} : { window }),
          ...(answers === undefined ? {} : { function: answers }),
        } as Operation,
      ];
    }),
  );
};

type Resolve = (value: unknown) => Json;

const bodyOf = ({ content }: Json, resolve: Resolve): Operation['body'] =>
  fieldsOf(resolve(resolve((content as Json)['application/json']).schema), resolve);

const fieldsOf = ({ properties = {}, required = [] }: Json, resolve: Resolve): Operation['body'] =>
  Object.fromEntries(
    Object.entries(properties as Json).map(([name, field]) => [
      name,
      checkedField(resolve(field), (required as readonly string[]).includes(name), resolve),
    ]),
  );

const checkedField = (schema: Json, required: boolean, resolve: Resolve): FieldSchema =>
  isMap(schema) ? mapOf(schema, required) : plainField(schema, required, resolve);

/** An object with arbitrary field names. */
const isMap = ({ type, additionalProperties }: Json): boolean =>
  wordsOf(type)[0] === 'object' && typeof additionalProperties === 'object';

/** A schema's types, from `"string"` or `["string", "null"]`. */
const wordsOf = (type: unknown): readonly unknown[] => (Array.isArray(type) ? type : [type]);

const isNullable = ({ type }: Json): boolean => wordsOf(type).includes('null');

const mapOf = (schema: Json, required: boolean): FieldSchema => ({
  type: 'map',
  ...(required && { required: true }),
  ...(isNullable(schema) && { nullable: true }),
  maxProperties: schema.maxProperties as number,
  names: (schema.propertyNames as { pattern: string }).pattern,
  mostBytes: schema['x-mailtrail-most-bytes'] as number,
});

const plainField = (schema: Json, required: boolean, resolve: Resolve): FieldSchema =>
  ({
    ...checked(schema, required),
    ...(schema.type === 'array' && { items: checkedField(resolve(schema.items), false, resolve) }),
    ...(typeof schema['x-mailtrail-per-item'] === 'string' && { perItem: schema['x-mailtrail-per-item'] }),
    ...(schema.type === 'object' && { properties: fieldsOf(schema, resolve) }),
  }) as FieldSchema;

const CHECKED = 'type enum minimum maximum minLength maxLength minItems maxItems format default'.split(' ');

const checked = (schema: Json, required: unknown): ParameterSchema =>
  Object.fromEntries([
    ...Object.entries(schema)
      .filter(([keyword]) => CHECKED.includes(keyword))
      .map(([keyword, value]) => [keyword, keyword === 'type' ? wordsOf(value)[0] : value]),
    ...(required === true ? [['required', true]] : []),
    ...(isNullable(schema) ? [['nullable', true]] : []),
  ]);

/** The target of a reference, with the keywords beside it, as OpenAPI 3.1 allows in a schema. */
const resolved = (document: Json, value: Json): Json => {
  const { $ref, ...beside } = value;
  if (typeof $ref !== 'string') return value;
  let target: unknown = document;
  for (const step of $ref.replace(/^#\//, '').split('/')) target = (target as Json | undefined)?.[step];
  if (target === undefined) throw new Error(`openapi.json: ${$ref} leads nowhere`);
  return { ...resolved(document, target as Json), ...beside };
};

/**
 * The contract as source. A schema that several operations share is written once, under the name of its parameter:
 * otherwise the values of an enumeration would be in the bundle many times.
 */
const sourceOf = (constant: string, contract: Readonly<Record<string, Operation>>): readonly string[] => {
  const schemas = Object.values(contract).flatMap(({ path, query }) => Object.entries({ ...path, ...query }));
  const shared = new Map<string, string>();
  for (const [name, schema] of schemas) {
    const text = JSON.stringify(schema);
    const isTold = shared.has(text) || [...shared.values()].includes(name);
    if (schemas.filter(([, other]) => JSON.stringify(other) === text).length > 1 && !isTold) shared.set(text, name);
  }
  const parametersOf = (parameters: Operation['query']): string =>
    `{ ${Object.entries(parameters)
      .map(([name, schema]) => [name, shared.get(JSON.stringify(schema)) ?? JSON.stringify(schema)])
      .map(([name, source]) => (name === source ? name : `${JSON.stringify(name)}: ${source}`))
      .join(', ')} }`;
  return [
    ...[...shared].map(([text, name]) => `const ${name} = ${text} as const;`),
    '',
    '/** The input of each operation. */',
    `export const ${constant} = {`,
    ...Object.entries(contract).map(([key, { path, query, ...others }]) => {
      const rest = JSON.stringify(others).slice(1, -1);
      return `${JSON.stringify(key)}: { path: ${parametersOf(path)}, query: ${parametersOf(query)}, ${rest} },`;
    }),
    '} as const satisfies Readonly<Record<string, Operation>>;',
  ];
};

/** These checks are as long as those of all other functions together, and only this function needs them. */
const APART = 'accept-mail';

const write = async (): Promise<void> => {
  // Imported here, because the test that only compares the contract does not need it.
  const { GENERATED, sourceOfTypes } = await import('../client/generate.ts');
  writeFileSync(GENERATED, await sourceOfTypes());
  const contract = Object.entries(contractOf());
  const isApart = (operation: Operation) => operation.function === APART;
  const files = (
    [
      ['contract.gen.ts', 'CONTRACT', contract.filter(([, operation]) => !isApart(operation))],
      ['sending-contract.gen.ts', 'SENDING_CONTRACT', contract.filter(([, operation]) => isApart(operation))],
    ] as const
  ).map(([name, constant, operations]) => {
    const file = join(import.meta.dirname, '../lambdas/http', name);
    const source = [
      '// Generated from openapi.json by `npm run generate`. Do not edit.',
      "import type { Operation } from './schema.ts';",
      '',
      ...sourceOf(constant, Object.fromEntries(operations)),
    ];
    if (constant === 'CONTRACT') {
      const apart = contract.flatMap(([key, operation]) => (isApart(operation) ? [JSON.stringify(key)] : []));
      source.push(
        '',
        '/** All routes, of every function. */',
        `export const ROUTES: readonly string[] = [...Object.keys(CONTRACT), ${apart.join(', ')}];`,
      );
    }
    writeFileSync(file, source.join('\n'));
    return file;
  });
  const biome = join(import.meta.dirname, '../node_modules/@biomejs/biome/bin/biome');
  const { status } = spawnSync(process.execPath, [biome, 'check', '--write', ...files], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
};

const HELP =
  'Writes lambdas/http/*.gen.ts and client/openapi.gen.ts from lambdas/http/openapi.json.\n\nusage: npm run generate';

if (import.meta.main) {
  if (process.argv.length === 2) await write();
  else {
    console.log(HELP);
    process.exitCode = /^(--help|-h)$/.test(process.argv[2] ?? '') ? 0 : 2;
  }
}
