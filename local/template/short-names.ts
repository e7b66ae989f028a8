import type { Resource, Template } from './template.ts';

/** A short name for every resource of a template, by logical id, such as `bounce` for a topic. */
export type ShortNames = ReadonlyMap<string, string>;

/**
 * Names resources after the constructs that made them: `Mailtrail/Bounce/Topic/Resource` is `bounce`,
 * `Mailtrail/EmailStatus/Table/Resource` is `EmailStatus` (tables keep their capitals). The last part is left out if it
 * only names the resource's kind. Without the paths that CDK writes into a template, the name is the logical id without
 * its hash. Two of one type with the same short name keep their logical ids.
 */
export const shortNames = (template: Template): ShortNames => {
  const entries = Object.entries(template.Resources).map(([id, resource]) => {
    const words = wordsOf(id, resource);
    return { id, type: resource.Type, name: isTable(resource) ? words.join('') : kebab(words) };
  });
  const taken = Map.groupBy(entries, ({ type, name }) => `${type} ${name}`);
  return new Map(
    entries.map(({ id, type, name }) => [id, taken.get(`${type} ${name}`)?.length === 1 && name !== '' ? name : id]),
  );
};

const isTable = ({ Type }: Resource) => Type.startsWith('AWS::DynamoDB::');

const SAYS_WHAT_IT_IS = /^(Topic|Queue|Function|Table|Api)$/;

const wordsOf = (id: string, { Metadata, Type }: Resource): readonly string[] => {
  const path = Metadata?.['aws:cdk:path'];
  if (typeof path !== 'string') {
    const kind =
      Type.split('::')
        .at(-1)
        ?.replace(/^GlobalTable$/, 'Table') ?? '';
    const plain = id.replace(/[0-9A-F]{8}$/, '');
    return [plain.endsWith(kind) && plain !== kind ? plain.slice(0, -kind.length) : plain];
  }
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === 'Resource' || parts.at(-1) === 'Default') parts.pop();
  if (parts.length > 1 && SAYS_WHAT_IT_IS.test(parts.at(-1) ?? '')) parts.pop();
  return parts;
};

const kebab = (words: readonly string[]): string =>
  words
    .join('-')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
