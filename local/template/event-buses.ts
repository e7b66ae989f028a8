import type { Resources } from './resources.ts';

/** The names of a template's event buses. */
export const readEventBuses = (resources: Resources): readonly string[] =>
  resources.of('AWS::Events::EventBus').map(({ name }) => name);
