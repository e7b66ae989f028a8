import { page, readPageSize } from './paging.ts';
import { answer, badRequest, type SesAnswer } from './rest-json.ts';

/** An event destination of a configuration set; a set with several is the `name` of several of these. */
export type ConfigurationSet = Readonly<{
  name: string;
  /**
   * In any of SES's spellings: RENDERING_FAILURE (API), renderingFailure (CloudFormation), Rendering Failure (event).
   */
  eventTypes: readonly string[];
  /**
   * Called for each event of these types, once.
   *
   * @param eventType the event's own `eventType`, such as `Delivery` or `Rendering Failure`
   * @param json the text that SES would publish to the topic, byte for byte
   */
  publish: (eventType: string, json: string) => void;
}>;

/** Passes an event to the destinations of one configuration set that list its type. */
export const publishTo = (sets: readonly ConfigurationSet[], name: string, eventType: string, json: string): void => {
  for (const set of sets) {
    if (set.name === name && set.eventTypes.some((type) => sameType(type, eventType))) set.publish(eventType, json);
  }
};

/**
 * ListConfigurationSets: names in order; pages of 50 by default, of 1,000 at most.
 *
 * @throws SesError BadRequestException on a page size out of range or a token of another list
 */
export const listConfigurationSets = (
  sets: readonly ConfigurationSet[],
  size: unknown,
  token: string | undefined,
): SesAnswer => {
  const names = [...new Set(sets.map(({ name }) => name))].sort();
  const { items, next } = page(
    names,
    (name) => name,
    { size: readPageSize(size), token },
    {
      scope: 'configuration-sets',
      usual: 50,
      most: 1000,
      badSize: () => badRequest('The page size must be between 1 and 1000'),
      badToken: (bad) => badRequest(`invalid nextToken ${bad}`),
    },
  );
  return answer({ ConfigurationSets: items, ...(next === undefined ? {} : { NextToken: next }) });
};

const sameType = (one: string, other: string) => fold(one) === fold(other);
const fold = (type: string) => type.replace(/[_ ]/g, '').toLowerCase();
