import type { Resource, Template } from './template.ts';

/** A short name for every resource of a template, by logical id, such as `bounce` for a topic. */
export type ShortNames = ReadonlyMap<string, string>;

/**
 * Names resources after the constructs that made them. A topic, queue or function has the name of the last construct,
 * without a part that only repeats the type: `Mailtrail/Default/Recording/Bounce/Topic/Resource` is `bounce`,
 * `…/Recording/Bounce/Failed/Resource` is `bounce-failed`. Others have their whole path:
 * `Mailtrail/Default/EmailStatus/Table/Resource` is `EmailStatus` (tables keep their capitals). Without the paths that CDK
 * writes into a template, the logical id without its hash. Two of one type with the same name keep their logical ids.
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

const TYPE_ONLY = /^(Topic|Queue|Function|Table|Api)$/;
const SHORTENED = /^AWS::(SNS::Topic|SQS::Queue|Lambda::Function)$/;
/** Queues of dead letters are named with the construct that they belong to. */
const BELONGS = /^(Failed|Undelivered)$/;

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
  const parts = path
    .split('/')
    .slice(1)
    .filter((part) => part !== 'Default');
  if (parts.at(-1) === 'Resource') parts.pop();
  if (parts.length > 1 && TYPE_ONLY.test(parts.at(-1) ?? '')) parts.pop();
  return SHORTENED.test(Type) ? parts.slice(BELONGS.test(parts.at(-1) ?? '') ? -2 : -1) : parts;
};

const kebab = (words: readonly string[]): string =>
  words
    .join('-')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
