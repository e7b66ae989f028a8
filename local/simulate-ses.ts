import type { Topic } from './messaging/topic.ts';
import type { SesSettings } from './ses/settings.ts';
import { createSimulatedSes, type SimulatedSes } from './ses/simulated-ses.ts';
import type { Blueprint } from './template/blueprint.ts';

/** The simulated SES with a template's configuration sets, publishing to the template's topics. */
export const simulateSes = (
  { configurationSets, eventDestinations }: Pick<Blueprint, 'configurationSets' | 'eventDestinations'>,
  topics: readonly Topic[],
  dataFolder: string | undefined,
  settings: Partial<SesSettings> | undefined,
): SimulatedSes =>
  createSimulatedSes({
    settings,
    configurationSets: [
      // Every set exists, including one that publishes nothing.
      ...configurationSets.map((name) => ({ name, eventTypes: [], publish: () => {} })),
      ...eventDestinations.map(({ configurationSet, eventTypes, topic }) => ({
        name: configurationSet,
        eventTypes,
        publish: (_type: string, json: string) => topics.find(({ arn }) => arn === topic)?.publish(json),
      })),
    ],
    seed: 'mailtrail',
    clock: Date.now,
    dataFolder,
  });
