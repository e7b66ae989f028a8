import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import openapi from '../lambdas/http/openapi.json' with { type: 'json' };

const HEAD = '// Generated from lambdas/http/openapi.json by `npm run generate`. Do not edit.\n';

/** The file of the generated types. */
export const GENERATED = join(import.meta.dirname, 'openapi.gen.ts');

/**
 * The source of the types of every route of openapi.json, formatted like all sources. Throws if the types cannot be
 * generated or formatted.
 *
 * In this folder, not in scripts/, because openapi-typescript needs the JavaScript API of TypeScript 5, which npm
 * installs here beside the newer TypeScript of the project.
 */
export const sourceOfTypes = async (): Promise<string> => {
  const source = HEAD + astToString(await openapiTS(documentOfClient() as never));
  const biome = join(import.meta.dirname, '../node_modules/@biomejs/biome/bin/biome');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'check', '--write', `--stdin-file-path=${GENERATED}`],
    { input: source, encoding: 'utf8', cwd: join(import.meta.dirname, '..') },
  );
  if (status !== 0) throw new Error(`biome rejects the types generated from openapi.json: ${stderr}`);
  return stdout;
};

/**
 * The document without the parts that a client does not need: links in emails, examples, which are most of it, and how
 * an address is encoded.
 */
const documentOfClient = (): unknown => {
  const paths = Object.fromEntries(Object.entries(openapi.paths).filter(([path]) => path.startsWith('/v1/')));
  return JSON.parse(JSON.stringify({ ...openapi, paths }), (name, value) => {
    if (name === 'example') return undefined;
    const isAddress = value?.in === 'path' && value.schema?.format === 'mailtrail-address';
    return isAddress
      ? { ...value, description: 'An address, unencoded. Case and display names do not matter.' }
      : value;
  });
};
