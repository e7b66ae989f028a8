import { type ApiBlueprint, readApis } from './apis.ts';
import { type EventDestinationBlueprint, readConfigurationSets, readEventDestinations } from './configuration-sets.ts';
import { readEventBuses } from './event-buses.ts';
import { type AssetFolders, type FunctionBlueprint, readFunctions } from './functions.ts';
import { type MappingBlueprint, readMappings } from './mappings.ts';
import { type QueueBlueprint, readQueues } from './queues.ts';
import { readResources } from './resources.ts';
import { type RuleBlueprint, readRules } from './rules.ts';
import { readScheduleGroups } from './schedule-groups.ts';
import { readSecrets, type SecretBlueprint } from './secrets.ts';
import { readStreamMappings, type StreamMappingBlueprint } from './stream-mappings.ts';
import { readTables, type TableBlueprint } from './tables.ts';
import { BrokenTemplate, type Template } from './template.ts';
import { readTopics, type TopicBlueprint } from './topics.ts';

/** What the local stack builds, all of it read from the synthesized template. */
export type Blueprint = Readonly<{
  tables: readonly TableBlueprint[];
  queues: readonly QueueBlueprint[];
  topics: readonly TopicBlueprint[];
  functions: readonly FunctionBlueprint[];
  mappings: readonly MappingBlueprint[];
  streamMappings: readonly StreamMappingBlueprint[];
  apis: readonly ApiBlueprint[];
  configurationSets: readonly string[];
  eventDestinations: readonly EventDestinationBlueprint[];
  /** By name. */
  eventBuses: readonly string[];
  rules: readonly RuleBlueprint[];
  scheduleGroups: readonly string[];
  secrets: readonly SecretBlueprint[];
}>;

/**
 * Reads a template.
 *
 * @throws BrokenTemplate with the first resource that is needed and cannot be read
 */
export const readBlueprint = (template: Template, assets: AssetFolders): Blueprint => {
  if (template.Resources === undefined) throw new BrokenTemplate('it', 'has no resources');
  const resources = readResources(template);
  return {
    tables: readTables(resources),
    queues: readQueues(resources),
    topics: readTopics(resources),
    functions: readFunctions(resources, assets),
    mappings: readMappings(resources),
    streamMappings: readStreamMappings(resources),
    apis: readApis(resources),
    configurationSets: readConfigurationSets(resources),
    eventDestinations: readEventDestinations(resources),
    eventBuses: readEventBuses(resources),
    rules: readRules(resources),
    scheduleGroups: readScheduleGroups(resources),
    secrets: readSecrets(resources),
  };
};
