import { join } from 'node:path';
import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * Packages a bundle leaves out. Lambda's credentials come in the environment, so the SDK never asks for the rest of its
 * credential chain, and DynamoDB has no event streams: each is imported only at the moment it would be needed. That is
 * 150 KB less to load at every cold start.
 */
export const LEFT_OUT = [
  ...['http', 'ini', 'process', 'sso', 'web-identity'].map((kind) => `@aws-sdk/credential-provider-${kind}`),
  '@smithy/core/event-streams',
  '@smithy/credential-provider-imds',
] as const;

/** What stands in a bundle in a package's place: 7 KB of a cache that is made and never used. */
export const REPLACED = { 'mnemonist/lru-cache': join(import.meta.dirname, 'no-endpoint-cache.ts') } as const;

/** How each function is bundled: by the project's own esbuild, without Docker or network. */
export const BUNDLING = {
  // A package of "type": "module" makes a CommonJS index.js load with no exports and no error.
  format: OutputFormat.ESM,
  // esbuild would take CommonJS builds first on Node.js, and those keep what nobody uses.
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  // A source map inside the zip is loaded with it, at every cold start.
  sourceMap: false,
  externalModules: [...LEFT_OUT],
  esbuildArgs: { '--alias': Object.entries(REPLACED).map((pair) => pair.join('='))[0] ?? '' },
  logLevel: LogLevel.WARNING,
} satisfies BundlingOptions;
