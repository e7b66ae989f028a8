import type { KindOfMail } from './blocked-mail.ts';
import { foldCategory } from './category-opt-outs.ts';
import { causesInForce } from './causes-in-force.ts';
import type { Cause, CauseName, SuppressionItem } from './suppression.ts';

/**
 * The causes that stop an email to an address at `now` (ISO 8601), strongest first. Leaving a category stops bulk mail
 * of that category alone, whatever the case of its name: not another one, and not an email of no category
 * (`undefined`).
 */
export const blockingCauses = (item: SuppressionItem, mail: KindOfMail, now: string): readonly Cause[] =>
  causesInForce(item, now).filter(
    ({ stops, categories }) => (stops === 'all' || !mail.transactional) && isOf(mail.category, categories),
  );

const isOf = (category: string | undefined, categories: readonly string[] | null): boolean =>
  categories === null ||
  (category !== undefined && categories.some((one) => foldCategory(one) === foldCategory(category)));

/** Why bulk mail must not be sent to an address, of which nothing may be known; `undefined` where it may. */
export const reasonNotToSend = (
  item: SuppressionItem | undefined,
  category: string | undefined,
  now: string,
): CauseName | undefined => item && blockingCauses(item, { category }, now)[0]?.cause;
