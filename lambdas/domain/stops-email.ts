import { type Cause, type CauseName, causesInForce, type SuppressionItem } from './suppression.ts';

/**
 * The causes that stop an email to an address at `now` (ISO 8601), strongest first. Leaving a category stops that category
 * alone, letter by letter: not another one, and not an email of no category (`undefined`).
 */
export const causesThatStop = (item: SuppressionItem, category: string | undefined, now: string): readonly Cause[] =>
  causesInForce(item, now).filter(
    ({ categories }) => categories === null || (category !== undefined && categories.includes(category)),
  );

/** Why an email must not be sent to an address, of which nothing may be known; `undefined` where it may. */
export const whyNotToSend = (
  item: SuppressionItem | undefined,
  category: string | undefined,
  now: string,
): CauseName | undefined => item && causesThatStop(item, category, now)[0]?.cause;
