import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedResource, Resources } from './resources.ts';

/** A function to run. */
export type FunctionBlueprint = Readonly<{
  name: string;
  arn: string;
  /** Folder with the function's bundle, as deployed. */
  bundle: string;
  /** File without extension and export, such as `index.handler`. */
  handler: string;
  environment: Readonly<Record<string, string>>;
  /** Megabytes. */
  memory: number;
  /** Timeout in seconds. */
  timeout: number;
  /** Concurrent calls, if the template limits them. */
  reservedConcurrency: number | undefined;
}>;

/** Finds a zip asset's folder by the object key that CloudFormation would fetch. */
export type AssetFolders = ReadonlyMap<string, string>;

/** The functions of a template. */
export const readFunctions = (resources: Resources, assets: AssetFolders): readonly FunctionBlueprint[] =>
  resources.of('AWS::Lambda::Function').map((resource) => {
    const { name, attribute, properties } = resource;
    const reserved = properties.at('ReservedConcurrentExecutions');
    return {
      name,
      arn: attribute('Arn'),
      bundle: bundleOf(resource, assets),
      handler: properties.at('Handler').text(),
      environment: readEnvironment(resource),
      memory: properties.at('MemorySize').number(128),
      timeout: properties.at('Timeout').number(3),
      reservedConcurrency: reserved.given ? reserved.number(1) : undefined,
    };
  });

const bundleOf = ({ properties }: NamedResource, assets: AssetFolders): string => {
  const runtime = properties.at('Runtime');
  if (!runtime.text().startsWith('nodejs')) throw runtime.broken(`is ${runtime.text()}: only Node.js runs here`);
  const key = properties.at('Code').at('S3Key');
  const folder = assets.get(key.text());
  if (folder === undefined) throw key.broken(`is ${key.text()}, which is not an asset of the synthesized stack`);
  const file = join(folder, `${properties.at('Handler').text().split('.')[0]}`);
  if (!['.mjs', '.js', '.cjs'].some((ending) => statSync(file + ending, { throwIfNoEntry: false })?.isFile())) {
    throw properties.at('Handler').broken(`names a file that is not in the bundle in ${folder}`);
  }
  return folder;
};

const readEnvironment = ({ properties }: NamedResource): Readonly<Record<string, string>> => {
  const variables = properties.at('Environment').at('Variables').value() ?? {};
  return Object.fromEntries(Object.entries(variables as object).map(([name, value]) => [name, String(value)]));
};
