import { knownQueue } from './queues.ts';
import type { NamedResource, Resources } from './resources.ts';
import { streamedTables } from './tables.ts';

/** A queue and the function that reads it, both by ARN. */
export type MappingBlueprint = Readonly<{
  queue: string;
  function: string;
  /** The most messages in one call. */
  batchSize: number;
  /** The batching window, in milliseconds. */
  window: number;
  /** Whether the function reports which messages of a batch failed. */
  reportsFailures: boolean;
  /** The most batches in progress at once. */
  concurrency: number;
}>;

/** The most batches Lambda passes to a function at once before it scales up (Lambda guide, services-sqs-scaling). */
const CONCURRENCY = 5;

/** A template's event source mappings that are enabled and read a queue. */
export const readMappings = (resources: Resources): readonly MappingBlueprint[] => {
  const queues = new Set(resources.of('AWS::SQS::Queue').map((queue) => queue.attribute('Arn')));
  const streams = streamedTables(resources);
  return readSwitchedOn(resources)
    .filter(({ properties }) => !streams.has(properties.at('EventSourceArn').text()))
    .map(({ properties, ...common }) => ({
      queue: knownQueue(properties.at('EventSourceArn'), queues),
      ...common,
      batchSize: properties.at('BatchSize').number(10),
      concurrency: properties.at('ScalingConfig').at('MaximumConcurrency').number(CONCURRENCY),
    }));
};

/** What mappings of every kind of source have in common; only enabled ones. */
export const readSwitchedOn = (resources: Resources) => {
  const functions = resources.of('AWS::Lambda::Function');
  return resources
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.at('Enabled').flag(true))
    .map(({ properties }) => {
      if (properties.at('FilterCriteria').given) throw properties.at('FilterCriteria').broken('is not supported here');
      const name = properties.at('FunctionName');
      return {
        properties,
        function: functionNamed(name.text(), functions) ?? refuse(name),
        window: 1000 * properties.at('MaximumBatchingWindowInSeconds').number(0),
        reportsFailures: properties.at('FunctionResponseTypes').texts().includes('ReportBatchItemFailures'),
      };
    });
};

const functionNamed = (nameOrArn: string, functions: readonly NamedResource[]): string | undefined =>
  functions.find(({ ref, attribute }) => nameOrArn === ref || nameOrArn === attribute('Arn'))?.attribute('Arn');

const refuse = (value: NamedResource['properties']): never => {
  throw value.broken(`is ${value.text()}, which is not a function of the template`);
};
