import type { Resources } from './resources.ts';
import type { TemplateValue } from './template-value.ts';

/**
 * A key: its attributes in order, partition key attributes first; several of each if an index has multi-attribute
 * keys.
 */
export type Key = readonly Readonly<{ AttributeName: string; KeyType: 'HASH' | 'RANGE' }>[];
export type Projection = Readonly<{ ProjectionType: string; NonKeyAttributes?: readonly string[] }>;

/** A table to create. */
export type TableBlueprint = Readonly<{
  name: string;
  key: Key;
  /** Type (S, N or B) of every attribute that is part of a key. */
  attributes: Readonly<Record<string, string>>;
  indexes: readonly Readonly<{ name: string; key: Key; projection: Projection }>[];
  /** The TTL attribute: from when a row may be deleted, in epoch seconds. */
  expiry: string | undefined;
  /** The view type of its stream, such as NEW_AND_OLD_IMAGES, if the template has a stream. */
  stream: string | undefined;
}>;

/** The tables of a template. */
export const readTables = (resources: Resources): readonly TableBlueprint[] =>
  resources.of('AWS::DynamoDB::GlobalTable').map(({ name, properties }) => {
    const expiry = properties.at('TimeToLiveSpecification');
    const stream = properties.at('StreamSpecification').at('StreamViewType');
    return {
      name,
      key: readKey(properties.at('KeySchema')),
      attributes: Object.fromEntries(
        properties
          .at('AttributeDefinitions')
          .items()
          .map((definition) => [definition.at('AttributeName').text(), definition.at('AttributeType').text()]),
      ),
      indexes: properties
        .at('GlobalSecondaryIndexes')
        .items()
        .map((index) => ({
          name: index.at('IndexName').text(),
          key: readKey(index.at('KeySchema')),
          projection: readProjection(index.at('Projection')),
        })),
      expiry: expiry.at('Enabled').flag(false) ? expiry.at('AttributeName').text() : undefined,
      stream: stream.given ? stream.text() : undefined,
    };
  });

/** The names of the tables that have a stream, by the stream's ARN. */
export const streamedTables = (resources: Resources): ReadonlyMap<string, string> =>
  new Map(
    resources
      .of('AWS::DynamoDB::GlobalTable')
      .filter(({ properties }) => properties.at('StreamSpecification').given)
      .map(({ name, attribute }) => [attribute('StreamArn'), name]),
  );

const readKey = (schema: TemplateValue): Key => {
  if (schema.items().length === 0) throw schema.broken('is missing');
  return schema.items().map((part) => {
    const type = part.at('KeyType').text();
    if (type !== 'HASH' && type !== 'RANGE') throw part.broken('has a KeyType that is neither HASH nor RANGE');
    return { AttributeName: part.at('AttributeName').text(), KeyType: type };
  });
};

const readProjection = (projection: TemplateValue): Projection => {
  const others = projection.at('NonKeyAttributes');
  return {
    ProjectionType: projection.at('ProjectionType').text(),
    ...(others.given && { NonKeyAttributes: others.texts() }),
  };
};
